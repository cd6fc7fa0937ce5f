"""Ask every outward link whether it still works: `python3 scripts/links.py [--dry-run]`. It remembers, and never stops a build."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.links import main

sys.exit(main(environment.ROOT))
