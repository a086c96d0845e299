"""How fast the product is, as ratios: each work against the least that could do it, measured in the same run. `make bench`."""
