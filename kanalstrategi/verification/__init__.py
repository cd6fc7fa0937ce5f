"""Tries what the program promises about a site on the built site itself, as a reader meets it: `kanalstrategi verify`."""
