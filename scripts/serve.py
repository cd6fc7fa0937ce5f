"""Preview the site with live reload: `python3 scripts/serve.py [--admin] [mkdocs arguments]`."""

import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)

from kanalstrategi.cli.serve import main

sys.exit(main(environment.ROOT))
