"""Creates a department's guideline from a Word file, or from text that was copied out of one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kanalstrategi.content.page_template import NewPageError
from kanalstrategi.file_system import explain, write_whole
from kanalstrategi.word.importing import MAX_FILE_BYTES, GuidelineFileError, begin_guideline

REPORT_FOLDER = ".word"
"""Where reports are kept. They hold what was deleted and commented on in Word, which may be confidential: so the folder is neither
published nor under version control."""


def new_department_from(root: Path, name: str, file: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    """Write the guideline of a new department with the text and the images of a file, and the report beside it.

    Returns the path of the page, relative to the project's root, and the report. Writes everything or nothing. Raises NewPageError.
    """
    try:
        with file.open("rb") as source:
            data = source.read(MAX_FILE_BYTES + 1)  # no more than is needed to see that it is too large
        path, imported = begin_guideline(root, name, data, file.name, environment)
    except (OSError, MemoryError) as error:
        raise NewPageError(f"{file}: filen kan ikke læses: {explain(error)}") from error
    except GuidelineFileError as error:
        raise NewPageError(str(error)) from error
    report = f"{REPORT_FOLDER}/{Path(path).stem}.txt"
    _write_all(root, {report: imported.report.encode(), **imported.files})
    return path, f"{imported.report}\nRapporten ligger også i {report}. Den kommer ikke på hjemmesiden."


def _write_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files that are not there yet, or none of them."""
    written: list[Path] = []
    for path, content in files.items():
        file = root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, content)
        except (OSError, MemoryError) as error:
            for former in written:
                with suppress(OSError):
                    former.unlink()
            raise NewPageError(f"{path} er ikke skrevet: {explain(error)}") from error
        written.append(file)
