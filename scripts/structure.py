"""Rename or remove a channel or a department: `python3 scripts/structure.py rename department skoler "Skoler og SFO"`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.structure import main
from macros import MACROS

sys.exit(main(environment.ROOT, MACROS))
