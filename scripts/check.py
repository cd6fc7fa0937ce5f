"""Check all of `docs/` without building: `python3 scripts/check.py [--overdue] [--format text|github|json]`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.check import main
from kanalstrategi.site_macros import load_registry

sys.exit(main(environment.ROOT, load_registry(environment.ROOT)))
