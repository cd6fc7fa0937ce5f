"""Runs all checks of a PDF: whether everyone can read it, nothing of it is lost, and it can be archived.

The rules of PDF/UA-1 and of PDF/A are checked by page-validation. A file can follow all of them and still be hard to use:
page numbers are read aloud on every page, a link is spelled letter by letter, or the headers of a table
do not belong to any cells. Our own checks find such errors. They are based on the Matterhorn Protocol 1.1, on ISO 32000-1
chapter 14, and on defects that we have seen: what Typst (0.15) omits is a test in `tests/pdf/test_audit.py`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

import page as page_validation
import pikepdf
from pikepdf.exceptions import PikepdfError

from kanalstrategi.pdf.audit.check_content import check_content
from kanalstrategi.pdf.audit.check_document import (
    check_bookmarks,
    check_damage,
    check_declarations,
    check_languages,
    check_metadata,
    check_role_map,
    check_tab_order,
)
from kanalstrategi.pdf.audit.check_elements import (
    check_empty_elements,
    check_figures,
    check_headings,
    check_lists,
    check_table_of_contents,
    check_tables,
)
from kanalstrategi.pdf.audit.check_fonts import check_fonts
from kanalstrategi.pdf.audit.check_links import check_links
from kanalstrategi.pdf.audit.check_page_box import check_page_box
from kanalstrategi.pdf.audit.check_privacy import check_actions_and_paths
from kanalstrategi.pdf.audit.check_text import check_text
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.document import read_document
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.validator import ARCHIVE_PROFILE, PDF_UA_1, declared_profile, validate, validator_diagnostics
from kanalstrategi.pdf.audit.xmp import read_xmp

_CHECKS: tuple[Callable[[PdfDocument], Iterator[PdfDiagnostic]], ...] = (
    check_damage,
    check_declarations,
    check_metadata,
    check_tab_order,
    check_fonts,
    check_figures,
    check_headings,
    check_empty_elements,
    check_tables,
    check_lists,
    check_table_of_contents,
    check_links,
    check_content,
    check_page_box,
    check_role_map,
    check_languages,
    check_bookmarks,
    check_actions_and_paths,
)

MAX_BYTES_READ_BESIDE_VALIDATOR = 2_000_000
"""The size of the largest file that is read while it is validated; one of 300 pages would take 100 MB more."""


def audit(file: Path, text: Iterable[str] | None = None, is_archive: bool = False) -> list[PdfDiagnostic]:
    """Return the sorted diagnostics for a PDF. Raises UnreadableError.

    Every word of `text` has to be on its pages. With `is_archive` it has to conform to PDF/A-2a; otherwise to what it claims.
    """
    try:
        with _without_collector(), pikepdf.open(file) as pdf, ThreadPoolExecutor(1) as beside:
            claimed = declared_profile(read_xmp(pdf))
            # Beside the reading: the validator lets Python work most of the time. Each needs as much memory as the other.
            validated = [_begin_validation(beside, file, profile) for profile in (PDF_UA_1, claimed) if profile is not None]
            if file.stat().st_size > MAX_BYTES_READ_BESIDE_VALIDATOR:
                wait(validated)
            document = read_document(pdf)
            own = [diagnostic for check in _CHECKS for diagnostic in check(document)]
            own += check_text(document, text) if text is not None else ()
            if is_archive and claimed != ARCHIVE_PROFILE:
                message = "filen siger ikke, at den følger PDF/A-2a"
                own.append(PdfDiagnostic("pdfa-id", None, message, "lav den med et program, der gør filer klar til arkiv"))
            reports = [report.result() for report in validated]
            others = validator_diagnostics(reports, file, document, {diagnostic.rule for diagnostic in own})
            return sorted([*own, *others])
    except FileNotFoundError as error:
        raise UnreadableError("filen findes ikke") from error
    except IsADirectoryError as error:
        raise UnreadableError("det er en mappe og ikke en fil") from error
    except PermissionError as error:
        raise UnreadableError("du har ikke lov til at læse filen") from error
    except OSError as error:
        raise UnreadableError(f"filen kan ikke åbnes ({error.strerror})") from error
    except pikepdf.PasswordError as error:
        raise UnreadableError("filen er låst med en adgangskode – gem den uden") from error
    except page_validation.SafetyLimitError as error:
        raise UnreadableError("filen er for stor eller for indviklet til at blive undersøgt") from error
    except (PikepdfError, page_validation.PageError) as error:
        raise UnreadableError("filen er ikke en PDF, eller den er beskadiget – lav den igen") from error


def _begin_validation(pool: Executor, file: Path, profile: page_validation.ValidationProfile) -> Future[page_validation.ValidationReport]:
    """Validate a file in a thread of its own, or here if none can be started."""
    try:
        return pool.submit(validate, file, profile)
    except RuntimeError:
        done: Future[page_validation.ValidationReport] = Future()
        done.set_result(validate(file, profile))
        return done


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep Python from looking for circles in the hundreds of thousands of records that an audit makes, which takes a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
