"""Drills: what the product promises about killed workers and a lost broker, tried for real. `make drills`; the suite tries each once."""
