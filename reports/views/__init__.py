"""Pages that show several apps: completing a review, letters, figures, the cross-school report."""
