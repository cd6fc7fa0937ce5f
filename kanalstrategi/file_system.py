"""Writes files whole or not at all, and says in Danish why the operating system refused something."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from kanalstrategi.diagnostics import printable

_FREE_SPACE = "gør plads, og prøv igen"
_FIX_RIGHTS = "ret rettighederne til filen og dens mappe, og prøv igen"
_NEED_MEMORY = ("der er ikke hukommelse nok", "luk andre programmer, eller brug en maskine med mere hukommelse")
_NEED_PROCESSES = ("der kan ikke startes flere processer", "luk andre programmer, og prøv igen")
_IN_THE_WAY = ("der ligger noget andet, hvor den skal være", "flyt det, og prøv igen")
_REASONS = {
    errno.ENOSPC: ("der er ikke plads på disken", _FREE_SPACE),
    errno.EDQUOT: ("kvoten på disken er brugt op", _FREE_SPACE),
    errno.EFBIG: ("filen er for stor til disken", "brug en anden disk"),
    errno.EACCES: ("der mangler rettigheder", _FIX_RIGHTS),
    errno.EPERM: ("der mangler rettigheder", _FIX_RIGHTS),
    errno.EROFS: ("disken kan kun læses", "brug en mappe, der kan skrives i"),
    errno.EIO: ("disken svarer med en fejl", "prøv igen, og få disken undersøgt, hvis det sker igen"),
    errno.ENOMEM: _NEED_MEMORY,
    errno.EAGAIN: _NEED_PROCESSES,
    errno.EMFILE: ("for mange filer er åbne på én gang", "hæv grænsen (ulimit -n), og prøv igen"),
    errno.ENFILE: ("for mange filer er åbne på én gang", "luk andre programmer, og prøv igen"),
    errno.ENOENT: ("den findes ikke, eller den blev slettet imens", "hent eller opret den, og prøv igen"),
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.EBUSY: ("den er i brug", "luk det program, der bruger den, og prøv igen"),
    errno.ENAMETOOLONG: ("navnet er for langt", "brug en mappe med en kortere sti"),
}
"""Why the operating system refused something, and what to do about it, keyed by the number of its error."""
_OPEN_ELSEWHERE = ("et andet program har den åben", "luk det (editor, webserver, søgning efter virus), og prøv igen")
_REASONS_ON_WINDOWS = {
    5: ("der mangler rettigheder, eller et andet program har den åben", "luk programmer, der viser den, eller ret rettighederne, og prøv igen"),
    32: _OPEN_ELSEWHERE,
    33: _OPEN_ELSEWHERE,
    206: ("stien er for lang til Windows", "brug en mappe med en kortere sti, eller slå lange stier til (LongPathsEnabled)"),
}
"""The same for errors of Windows that Python gives a number with less meaning, keyed by Windows' own."""
_MAX_PATH_ON_WINDOWS = 259
"""The length of a path from which Windows says that there is no such folder, unless long paths are turned on."""
_NO_TEMPORARY_FOLDER = "der er ingen mappe til midlertidige filer, som kan skrives i – gør plads i /tmp, eller sæt TMPDIR til en anden mappe"


def explain(error: BaseException) -> str:
    """Return the reason and the hint for an error of the operating system or a lack of memory; an empty string for any other error."""
    if isinstance(error, MemoryError):
        return " – ".join(_NEED_MEMORY)
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return " – ".join(_NEED_PROCESSES)
    if not isinstance(error, OSError):
        return ""
    if error.filename is None and str(error.strerror).startswith("No usable temporary directory"):  # raised by `tempfile`
        return _NO_TEMPORARY_FOLDER
    number = getattr(error, "winerror", None)
    if number == 3 and len(str(error.filename)) > _MAX_PATH_ON_WINDOWS:
        number = 206
    reason, hint = _REASONS_ON_WINDOWS.get(number or 0) or _REASONS.get(error.errno or 0, (error.strerror or str(error), "prøv igen"))
    return printable(f"{error.filename}: {reason} – {hint}" if isinstance(error.filename, str) else f"{reason} – {hint}")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written: on an error, or when the process is killed, a former file stays as it was."""
    file = Path(os.path.realpath(file))  # a link stays a link; one that leads in a ring is replaced, at which `resolve` would raise
    if file.exists() and not file.is_file():  # a pipe or a device, such as /dev/stdout: a file in its place would harm the machine
        file.write_bytes(content)
        return
    new = file.with_name(f".{file.name}.new")  # always the same name, so that at most one is ever left behind
    try:
        new.write_bytes(content)
        if file.exists():
            shutil.copymode(file, new)
        new.replace(file)
    finally:
        with suppress(OSError):  # it is there only if something has failed
            new.unlink()
