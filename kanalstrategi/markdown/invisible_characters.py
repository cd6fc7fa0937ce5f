"""Lists the characters that an editor cannot see and that do not belong on a page."""

from __future__ import annotations

import re

INVISIBLE_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd\ud800-\udfff]")
"""Matches one of them. The soft hyphen is not among them: editors use it on purpose."""
