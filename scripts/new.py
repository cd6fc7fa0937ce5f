"""Create a new page from its template: `python3 scripts/new.py department "Sundhedsplejen"`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.new_page import main

sys.exit(main(environment.ROOT))
