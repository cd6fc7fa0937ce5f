"""Try on the built site what the program promises about every site: `python3 scripts/verify.py [--site FOLDER] [--only PROMISE,…]`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.__main__ import COMMANDS

sys.exit(COMMANDS["verify"](environment.ROOT, sys.argv[1:]))
