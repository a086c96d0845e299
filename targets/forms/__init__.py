"""What people type about targets and one-to-ones; one module for each thing that it is about."""
