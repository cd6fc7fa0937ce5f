"""Guidelines that come from Word, and go there."""
