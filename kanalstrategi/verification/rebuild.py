"""Building the same content again from nothing gives the same bytes."""

from __future__ import annotations

import filecmp
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kanalstrategi.verification.built_site import BuiltSite
from kanalstrategi.verification.model import Finding, NotTriedError

_HINT = "meld fejlen til dem, der vedligeholder programmet, eller fjern det, som egne makroer henter udefra"


def second_build_is_the_same(site: BuiltSite) -> Iterator[Finding]:
    """Yield the files in which a second build, without the cache, differs."""
    if not site.rebuild:
        raise NotTriedError("mappen kan være bygget en anden dag eller med andre indstillinger", "kør kommandoen uden --site")
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "site"
        if failure := site.rebuild(other):
            said = " ".join(failure.split())  # a finding is one line
            yield Finding("/", f"hjemmesiden kan ikke bygges igen fra bunden: {said}", "byg den med kanalstrategi build, og ret det, der bliver sagt")
            return
        yield from different_files(site.folder, other)


def different_files(one: Path, other: Path) -> Iterator[Finding]:
    """Yield the files that two folders do not have with the same bytes."""
    first, second = _files(one), _files(other)
    for url in sorted(first ^ second):
        yield Finding(f"/{url}", "filen er kun i den ene af to bygninger af det samme", _HINT)
    for url in sorted(first & second):
        if not filecmp.cmp(one / url, other / url, shallow=False):
            yield Finding(f"/{url}", "filen er ikke den samme i to bygninger af det samme", _HINT)


def _files(folder: Path) -> set[str]:
    """Return the files of a site. Builds leave hidden folders, such as `.git`, alone."""
    paths = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {path.as_posix() for path in paths if not path.parts[0].startswith(".") or len(path.parts) == 1}
