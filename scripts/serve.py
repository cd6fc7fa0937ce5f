"""Preview the site with live reload: `python3 scripts/serve.py [--admin] [mkdocs arguments]`."""

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.serve import main

main(environment.ROOT)
