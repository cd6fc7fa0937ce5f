"""What the macros answer from, for Zensical: read once, when it is first imported, whichever thread does so."""

import os
import sys
from pathlib import Path

import zensical  # type: ignore[import-not-found]  # only in the environment of its peer

from kanalstrategi.content.project import read_project

sys.modules["material"] = zensical  # has the same icons under the same names

CONTENT = read_project(Path.cwd(), os.environ).content
