"""How fast sites are built, ours and others', and how fast they answer in a browser."""
