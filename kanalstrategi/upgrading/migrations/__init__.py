"""What a site's own files need when the program gets another version: one module for each version that needs something.

`to_1_2_0.py` has a function `migrate`, which gets the site's files and returns what is done to them (`kanalstrategi.upgrading.move.Move`).
It changes what the version asks for, and every other byte stays. It is never changed once its version is out, since a site may come from
any earlier one. Each has a test on a site of the version before.
"""
