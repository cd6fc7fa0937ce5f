"""Adopt an edition of the strategy, or let a proposal lapse: `python3 scripts/edition.py adopt 2026-2029 --date 2026-02-24 --by byrådet`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.edition import main
from macros import MACROS

sys.exit(main(environment.ROOT, MACROS))
