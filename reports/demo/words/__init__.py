"""Word banks by age. Text only: what draws from them lies beside this package."""
