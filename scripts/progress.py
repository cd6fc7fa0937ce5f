"""Write down how far the departments have come today. With `--from-git`, also fill in the end of each earlier month."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.progress import main

sys.exit(main(environment.ROOT))
