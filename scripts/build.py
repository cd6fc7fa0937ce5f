"""Build the site and its PDFs into `site/`. Extra arguments go to `mkdocs build`."""

import os
import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)
os.chdir(environment.ROOT)
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "build", "--strict", *sys.argv[1:]])
