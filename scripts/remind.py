"""Tell owners what is new for them: `python3 scripts/remind.py` says what would be sent, `--send` sends it."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.remind import main

sys.exit(main(environment.ROOT))
