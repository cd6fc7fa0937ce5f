"""Preview the site with live reload. Extra arguments go to `mkdocs serve`."""

import os
import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)
os.chdir(environment.ROOT)
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "serve", *sys.argv[1:]])
