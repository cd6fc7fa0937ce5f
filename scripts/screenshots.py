"""Take ten screenshots of the site in `site/`: `python3 scripts/screenshots.py [--readme | --guide] [--site FOLDER] [--to FOLDER]`."""

import sys

import environment

environment.enter("requirements-test.txt", environment.FOR_TESTS)

sys.path.insert(0, str(environment.ROOT))

from bench.screenshots import main

sys.exit(main(environment.ROOT))
