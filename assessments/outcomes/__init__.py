"""Hard outcomes as people and files write them: pure functions, no database, no Django models."""
