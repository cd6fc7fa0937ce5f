"""Plans the adoption of a department's guideline: the version before is filed by the day it was adopted. No I/O."""

from __future__ import annotations

from datetime import date

from kanalstrategi.content.conventions import FORMER_GUIDELINES
from kanalstrategi.content.edition_steps import folders_of, refuse_future, review_by
from kanalstrategi.content.fields import DATE_PATTERN
from kanalstrategi.content.receipts import Receipt, file_digests, parse_receipt
from kanalstrategi.content.steps import DOCS, Step, StepError, Tree, in_words, read_page_of, text_of, with_page_fields
from kanalstrategi.content.word_digest import word_digest
from kanalstrategi.danish.phrases import long_date
from kanalstrategi.diagnostics import printable
from kanalstrategi.incoming_text import is_utf8
from kanalstrategi.sanitizing.files import RECEIPT_NAME
from kanalstrategi.suggestions import suggestion


def adopt_guideline(tree: Tree, department: str, day: date, by: str, today: date) -> Step:
    """Return the step that adopts the guideline of a department as it stands, and files the version that was adopted before it. Raises StepError.

    The receipt holds the page as it was adopted: by the time the next version is, the page has been rewritten.
    """
    path = guideline_path(tree, department)
    refuse_future(day, today)
    if not is_utf8(tree[path]):
        raise StepError(f"{path} er ikke gemt som UTF-8 – gem siden igen, og prøv igen")
    page = read_page_of(tree, path)
    folder = f"{DOCS}{FORMER_GUIDELINES}/{department}/"
    versions = {name.removeprefix(folder): content for name, content in tree.items() if name.startswith(folder)}
    former_receipt = _read_receipt(folder, versions.pop(RECEIPT_NAME, None))
    report = [f"Retningslinjen {department} er vedtaget den {long_date(day)} af {by}."]
    if former_receipt and former_receipt.text:
        former_day, former = former_receipt.facts.get("adopted", ""), former_receipt.text.encode()
    else:
        former_day, former = text_of(page, "adopted"), tree[path]
    if former_receipt or text_of(page, "status") == "adopted":
        if not DATE_PATTERN.fullmatch(former_day):
            report.append("Udgaven før er ikke arkiveret: den siger ikke i feltet adopted, hvornår den blev vedtaget.")
        elif former_day >= day.isoformat():
            raise StepError(f"retningslinjen er allerede vedtaget den {in_words(former_day)} – ret --date til en senere dag")
        else:
            versions[f"{former_day}.md"] = with_page_fields(path, former, {"changed": page.front.values.get("changed"), "superseded": day.isoformat()})
            report.append(f"Udgaven fra den {in_words(former_day)} ligger i {folder}{former_day}.md og må ikke ændres mere.")
            if not (former_receipt and former_receipt.text):
                report.append("Programmet har ikke set den blive vedtaget. Se efter, at filen har den tekst, der blev vedtaget dengang.")
    facts = {"adopted": day.isoformat(), "adopted_by": by}
    # What has been changed since the version before is told of there.
    fields = {"changed": None, "status": "adopted", "reviewed": day.isoformat(), "review_by": review_by(tree, day).isoformat(), **facts}
    adopted = with_page_fields(path, tree[path], fields)
    words = {path.removeprefix(DOCS): word_digest(read_page_of({path: adopted}, path))}
    receipt = Receipt({"guideline": department, **facts}, file_digests(versions), words, adopted.decode())
    changes: dict[str, bytes | None] = {path: adopted, folder + RECEIPT_NAME: receipt.to_json()}
    changes |= {folder + name: content for name, content in versions.items() if tree.get(folder + name) != content}
    return Step(changes, tuple(report))


def guideline_path(tree: Tree, department: str) -> str:
    """Return the path of a department's guideline. Raises StepError if there is none."""
    folder = f"{DOCS}{folders_of(tree).guidelines}/"
    path = f"{folder}{department}.md"
    if path not in tree or department == "index":
        departments = sorted(name for file in tree if file.startswith(folder) and (name := file[len(folder) : -len(".md")]) != "index")
        raise StepError(f"{printable(path)} findes ikke – {suggestion(department, departments)}")
    return path


def _read_receipt(folder: str, content: bytes | None) -> Receipt | None:
    """Return the receipt of a guideline's versions, or None if it has none yet. Raises StepError."""
    if content is None:
        return None
    if (receipt := parse_receipt(content)) is None:
        raise StepError(f"{folder}{RECEIPT_NAME} kan ikke læses – hent den fra versionsstyringen, og prøv igen")
    return receipt
