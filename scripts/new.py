"""Create a new page from its template: `python3 scripts/new.py department "Sundhedsplejen"`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.new import main
from macros import MACROS

sys.exit(main(environment.ROOT, MACROS))
