"""What people type about pupils, checked before a service sees it."""
