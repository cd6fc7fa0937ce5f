"""How fast sites are built, ours and others'. A package with this file, since `scripts/bench.py` would stand in for it without."""
