"""Pages about targets; one module for each thing that they are about."""
