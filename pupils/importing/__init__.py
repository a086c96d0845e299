"""Reads a roll from the files that schools have: pure functions, no database, no Django models."""
