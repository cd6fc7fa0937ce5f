"""What the macros answer from, for Zensical: read once, when it is first imported, however many threads ask."""

import os
import sys
from pathlib import Path

import zensical

sys.modules["material"] = zensical  # whose icons are the same, below the same names

from macros.content import read_project  # noqa: E402

CONTENT = read_project(Path.cwd(), os.environ).content
