"""A partnership of four invented schools, for trying out: the same rows on every database for the same day."""
