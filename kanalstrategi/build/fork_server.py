"""Imported by the process that forks those which make PDFs: it ends without a traceback when it cannot fork, since the build says so itself."""

from __future__ import annotations

import sys

sys.excepthook = lambda *_: None
