"""Tests of built sites, without a browser."""
