"""Pages of targets and reviews; one module for each thing that they are about."""
