"""Fixture files for the roll import; `make_files` writes them."""
