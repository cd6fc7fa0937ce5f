"""Runs all checks for the accessibility of a PDF.

The PDF/UA-1 rules are checked by page-validation. A file can follow all of them and still be hard to use:
page numbers are read aloud on every page, a link is spelled letter by letter, or the headers of a table
do not belong to any cells. Our own checks find such errors. They are based on the Matterhorn Protocol 1.1, on ISO 32000-1
chapter 14, and on the defects that we saw in the output of WeasyPrint 70.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from kanalstrategi.pdf.audit.check_privacy import check_actions_and_paths
from kanalstrategi.pdf.audit.diagnostics import PdfDiagnostic, UnreadableError
from kanalstrategi.pdf.audit.document import read_document
from kanalstrategi.pdf.audit.model import PdfDocument
from kanalstrategi.pdf.audit.validator import validate, validator_diagnostics

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
    check_role_map,
    check_languages,
    check_bookmarks,
    check_actions_and_paths,
)


def audit(file: Path) -> list[PdfDiagnostic]:
    """Return the sorted diagnostics for a PDF. Raises UnreadableError."""
    try:
        with pikepdf.open(file) as pdf:
            report = validate(file)
            document = read_document(pdf)
            own = [diagnostic for check in _CHECKS for diagnostic in check(document)]
            others = dict.fromkeys(validator_diagnostics(report, document, {diagnostic.rule for diagnostic in own}))
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
