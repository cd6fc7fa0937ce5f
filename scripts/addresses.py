"""Add the URLs that the site publishes to `addresses.txt`. With `--check`, only report whether any are missing."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.published_urls import main

sys.exit(main(environment.ROOT))
