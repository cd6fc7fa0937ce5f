"""What the tests share: copies of the project, browsers, web servers and reference data."""
