"""Begins a new site: what was answered about a municipality becomes the files of a site of its own."""
