"""Writes which version of the program a site is built with: one line for people, and a lock of everything that it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

PROGRAM = "kanalstrategi"
PIN_FILE, LOCK_FILE = "requirements.in", "requirements.txt"
WHEEL_FOLDER = "program"
"""The folder of a site with the wheel of its program, as long as that is in no index of packages."""


@dataclass(frozen=True)
class Release:
    """A version of the program."""

    version: str
    digest: str
    """SHA-256 of its wheel, in hexadecimal; empty if nobody knows it."""
    lock: str
    """The lock of what it needs, which comes with it."""
    wheel_name: str = ""
    wheel: bytes = b""
    """The wheel, whose digest is the one above; empty if it is not at hand."""


def pin_files(release: Release, *, has_wheel: bool = False) -> dict[str, bytes]:
    """Return the content of both files, keyed by path, and of the wheel if the site `has_wheel` in a folder of its own and it is at hand."""
    pin = f"# Den udgave af programmet, som hjemmesiden bliver bygget med. »kanalstrategi upgrade« skifter den.\n{PROGRAM}=={release.version}\n"
    line = f"{PROGRAM}=={release.version}" + (f" \\\n    --hash=sha256:{release.digest}" if release.digest else "")
    lock = re.sub(r"^[ \t]*#.*\n", "", release.lock, flags=re.MULTILINE)
    head = "# Programmet og alt, hvad det bruger, låst til det, der er prøvet. Skrevet af programmet: ret det ikke i hånden.\n"
    wheel = {f"{WHEEL_FOLDER}/{release.wheel_name}": release.wheel} if has_wheel and release.wheel else {}
    where = f"--find-links {WHEEL_FOLDER}\n" if wheel else ""
    return {PIN_FILE: pin.encode(), LOCK_FILE: f"{head}{where}{line}\n{lock}".encode(), **wheel}


def pinned_version(pin: bytes) -> str:
    """Return the version that a pin or a lock names, or an empty string."""
    found = re.search(rf"^{PROGRAM}==([0-9][0-9A-Za-z.+!-]*)", pin.decode("utf-8", "replace"), re.MULTILINE)
    return found[1] if found else ""
