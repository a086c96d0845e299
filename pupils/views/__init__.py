"""Pages about pupils; one module for each thing that they are about."""
