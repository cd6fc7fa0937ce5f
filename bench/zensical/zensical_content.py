"""What the macros answer from, for Zensical: read once, when it is first imported, however many threads ask."""

import os
import sys
from pathlib import Path

import zensical

from kanalstrategi.content.project import read_project

sys.modules["material"] = zensical  # whose icons are the same, below the same names

CONTENT = read_project(Path.cwd(), os.environ).content
