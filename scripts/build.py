"""Build the site and its PDFs into `site/`: `python3 scripts/build.py [--pdf-engine pdfkit --allow-untagged] [mkdocs arguments]`."""

import environment

environment.enter("requirements.txt")

from kanalstrategi.build.command import main

main(environment.ROOT)
