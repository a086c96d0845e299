"""What people type about reviews; one module for each thing that it is about."""
