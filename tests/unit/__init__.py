"""Tests that need neither a built site nor a browser."""
