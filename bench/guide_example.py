"""A made-up strategy for the pictures in the guide for editors, and the steps of its life, taken by the commands that editors use.

Its name says that it is an example, so that nobody takes it for a strategy of the municipality.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from kanalstrategi.cli import edition, new_edition
from macros import MACROS

FORMER, PROPOSED = "2023-2025", "2026-2029"
HEARING_DAY, ADOPTION_DAY, DAY_AFTER = "2026-01-15", "2026-02-24", "2026-03-02"
"""The days on which the pictures are taken. On the second one, the proposal is adopted."""

_CONFIG = """\
site_name: Eksempelby Kommunes kanalstrategi
site_url: http://localhost:8000/
extra:
  organisation: Eksempelby Kommune
  owners: {staben: {name: Staben i Eksempelby, phone: "12 34 56 78"}}
  consultation: {url: "https://hoering.example.org/?punkt={reference}"}
  documents:
    strategi:
      name: Eksempelstrategien
      opening: index.md
      pages:
        - strategi/
        - kanaler/
nav:
  - Forside: index.md
  - Kanalerne:
      - kanaler/index.md
      - kanaler/telefon.md
      - kanaler/mail.md
  - Strategien:
      - strategi/formaal.md
      - udgaver/index.md
  - For medarbejdere:
      - retningslinjer/skoler.md
  - Søg: soeg.md
theme: {name: material, custom_dir: overrides/theme, language: da, font: false, logo: billeder/logo.svg, favicon: billeder/logo.svg}
plugins: [kanalstrategi, macros: {module_name: macros}]
"""
_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#f4b860"/></svg>\n'
_PAGE = (
    "---\ndescription: {title} i eksemplet.\nowner: staben\nstatus: adopted\nreviewed: 2025-11-03\nreview_by: 2026-05-03\n{facts}---\n\n# {title}\n\n{text}\n"
)
_ADOPTED = f"adopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\nedition: {FORMER}\n"
_TELEPHONE = """\
{{ status() }}

Telefonen er til det, der haster, og til det, der er svært at skrive om.

## Det betyder, at

- vi skal ringe tilbage inden for tre dage
    {: #telefon-ring }
- vi skal have telefontid hver dag fra kl. 9 til 14
    {: #telefon-tid }
- vi skal lægge en besked på telefonsvareren, når der er lukket
    {: #telefon-svarer }
"""
_MAIL = """\
{{ status() }}

Mail er til det, der ikke er fortroligt.

## Det betyder, at

- vi skal svare på en mail inden for en uge
    {: #mail-svar }
- vi må ikke sende personlige oplysninger i en mail
    {: #mail-oplysninger }
"""
_GUIDELINE = """\
{{ status() }}

## Telefon {: #telefon }

{{ rules("telefon") }}

- [x] Telefontid: Skolernes kontorer har åbent fra kl. 8 til 14.

## Mail {: #mail }

{{ rules("mail") }}

- [x] Fælles postkasse: Hver skole har én.
"""
_PAGES = {
    "index.md": (f"Eksempelstrategi {FORMER}", _ADOPTED, "Strategien er et eksempel.\n\n{{ status() }}"),
    "strategi/formaal.md": ("Formål", "", "{{ status() }}\n\nBorgerne skal kunne få fat i kommunen."),
    "kanaler/index.md": ("Kanalerne", "", "{{ status() }}\n\nStrategien har to kanaler."),
    "kanaler/telefon.md": ("Telefon", "", _TELEPHONE),
    "kanaler/mail.md": ("Mail", "", _MAIL),
    "retningslinjer/skoler.md": ("Lokal retningslinje for skoler", "department: Skoler\n", _GUIDELINE),
    "udgaver/index.md": ("Udgaver", "", "{{ status() }}\n\n{{ editions() }}"),
    "soeg.md": ("Søg", "", "{{ search() }}"),
}
"""The title, facts and text of each page."""
_EDITS = {
    "kanaler/telefon.md": (
        ("ringe tilbage inden for tre dage", "ringe tilbage senest dagen efter"),
        ("- vi skal have telefontid hver dag fra kl. 9 til 14\n    {: #telefon-tid }\n", ""),
        ("    {: #telefon-svarer }\n", "    {: #telefon-svarer }\n- vi skal tilbyde at ringe op, når køen er lang\n    {: #telefon-koe }\n"),
    ),
    "kanaler/mail.md": (("inden for en uge", "inden for tre dage"),),
    "index.md": (("status: draft\n", "status: draft\nconsultation_from: 2026-01-10\nconsultation_to: 2026-02-10\n"),),
}
"""What the proposal changes: two rules get other words, one goes, one is new; and the days of its hearing."""
_NOTES = ("Ændringer i Eksempelstrategi 2026-2029", "", "Forslaget er et eksempel.\n\n## telefon-ring\n\nBorgerne har bedt om at blive ringet op før.")


def begin_example(root: Path, program: Path) -> None:
    """Write the strategy and a proposal for the next, which is in hearing, into a folder. `program` is the project whose theme and macros it uses."""
    for name in ("macros", "overrides"):
        (root / name).symlink_to(program / name)
    _write(root / "mkdocs.yml", _CONFIG)
    _write(root / "docs/billeder/logo.svg", _LOGO)
    for path, (title, facts, text) in _PAGES.items():
        _write(root / "docs" / path, _PAGE.format(title=title, facts=facts, text=text))
    with _quietly_on(HEARING_DAY) as said:
        _require(new_edition.main(root, [PROPOSED]), said)
    folder = root / "docs/udgaver" / PROPOSED
    for path, edits in _EDITS.items():
        text = (folder / path).read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{path}: {old}"
            text = text.replace(old, new)
        _write(folder / path, text)
    title, facts, text = _NOTES
    _write(folder / "aendringer.md", _PAGE.format(title=title, facts=facts, text=text).replace("adopted", "draft"))


def adopt_example(root: Path) -> None:
    """Adopt the proposal."""
    with _quietly_on(ADOPTION_DAY) as said:
        _require(edition.main(root, MACROS, ["adopt", PROPOSED, "--date", ADOPTION_DAY, "--by", "byrådet"]), said)


def build_example(root: Path, program: Path, day: str) -> Path:
    """Build the site as on a day, and return its folder."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _seconds(day), "PYTHONPATH": str(program)}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=root, env=environment, check=True)
    return root / "site"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _seconds(day: str) -> str:
    return str(int(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp()))


@contextmanager
def _quietly_on(day: str) -> Iterator[StringIO]:
    """Run commands as on a day, and yield what they print."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = _seconds(day)
    try:
        with redirect_stdout(StringIO()) as said:
            yield said
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _require(code: int, said: StringIO) -> None:
    assert code == 0, said.getvalue()
