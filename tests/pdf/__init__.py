"""Tests of the PDFs, their engines and their audit."""
