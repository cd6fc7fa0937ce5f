"""Write `CODEOWNERS` from the owners of the pages. With `--check`, only report whether it is up to date."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.code_owners import main

sys.exit(main(environment.ROOT))
