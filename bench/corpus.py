"""A project of any size, generated from this project's own pages: their Danish text, rules, tables and tasks, in another order on each page.

The same size gives the same bytes. The result is a whole project, which `scripts/check.py` has nothing to say about.
"""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from kanalstrategi.content.conventions import MACRO_GUIDE
from kanalstrategi.content.program_pages import source_of
from kanalstrategi.content.project import read_project
from kanalstrategi.design.theme import PAGES

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("kanalstrategi", "macros", "overrides", "pages")
"""The folders that a project needs beside its content."""
TOPIC_PAGES_PER_FOLDER = 20
"""The index of the folder among them."""
PAGES_PER_GUIDELINE = 10
"""A portal has one local guideline for so many pages."""
_FRONT = "---\ndescription: {description}\n{more}owner: politik-personale\nstatus: {status}\nreviewed: 2025-11-0{day}\nreview_by: 2027-05-23\n---\n\n"


def write_corpus(root: Path, count: int, *, documents: bool = False, municipality: str = "", shared: bool = False) -> None:
    """Write a project of `count` pages into a new folder; it has at least this project's own pages.

    `municipality` is another name for it. With `shared`, the program is a link to this project's.
    """
    root.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for part in PROGRAM:
        if shared:
            (root / part).symlink_to(ROOT / part, target_is_directory=True)
        else:
            shutil.copytree(ROOT / part, root / part, ignore=ignored)
    shutil.copytree(ROOT / "docs", root / "docs", ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", root)
    docs = root / "docs"
    _write_program_pages(root)
    missing = max(0, count - count_pages(root))
    guidelines = missing // PAGES_PER_GUIDELINE
    for number in range(guidelines):
        _write(docs / f"retningslinjer/omraade-{number:04}.md", _guideline(number))
    topics = missing - guidelines
    for number in range(topics):
        folder, place = divmod(number, TOPIC_PAGES_PER_FOLDER)
        _write(docs / f"emne-{folder:03}/{'index' if not place else f'side-{place:02}'}.md", _topic(folder, place))
    _write_configuration(root / "mkdocs.yml", -(-topics // TOPIC_PAGES_PER_FOLDER), documents)
    if not documents:
        for page in docs.rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            if "{{ download(" in text:
                _write(page, re.sub(r"\{\{ download\(.*?\) \}\}", "", text))
    if municipality:
        _rename(root, municipality)


def count_pages(root: Path) -> int:
    """Return how many pages a project has."""
    return sum("skabeloner" not in page.parts for page in (root / "docs").rglob("*.md"))


def _write_program_pages(root: Path) -> None:
    """Make the pages of the program the project's own, as others can read them: all but the one whose examples are from another site."""
    content = read_project(ROOT, os.environ).content
    for path, page in content.pages.items():
        if page.is_of_program and path != MACRO_GUIDE:
            text = source_of(ROOT / "docs", path, content.folders).read_text(encoding="utf-8")
            fields = f"owner: {page.owner.id}\n" + ("" if page.told_status else "status: draft\n")
            _write(root / "docs" / path, text.replace("\nreviewed:", f"\n{fields}reviewed:", 1))
    shutil.copytree(PAGES / "billeder", root / "docs" / "billeder", dirs_exist_ok=True)
    configuration = root / "mkdocs.yml"
    _write(configuration, configuration.read_text(encoding="utf-8").replace(f"          - {MACRO_GUIDE}\n", ""))


def _rename(root: Path, name: str) -> None:
    """Give a project to another municipality."""
    configuration = root / "mkdocs.yml"
    former = _search(r"^  organisation: (\S+)", configuration.read_text(encoding="utf-8"))
    for file in (configuration, *(root / "docs").rglob("*.md")):
        _write(file, file.read_text(encoding="utf-8").replace(former, name))


def _write_configuration(file: Path, folders: int, documents: bool) -> None:
    """Put the topic folders into the menu, below one entry, and remove the PDFs unless they are asked for."""
    text = file.read_text(encoding="utf-8")
    if not documents:
        start = text.index("  documents:\n")
        text = text[:start] + text[text.index("\n# `- folder/*`", start) :]
    entries = "".join(f"      - Emne {number}:\n          - emne-{number:03}/index.md\n          - emne-{number:03}/*\n" for number in range(folders))
    if entries:
        text = text.replace("  - For medarbejdere:\n", f"  - Emner:\n{entries}  - For medarbejdere:\n")
    _write(file, text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _search(pattern: str, text: str) -> str:
    """Return the first group of the first match."""
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"nothing matches {pattern}"
    return match[1]


def _text_of(*folders: str) -> str:
    """Return the text of this project's pages in some folders."""
    return "\n\n".join(page.read_text(encoding="utf-8") for folder in folders for page in sorted((ROOT / "docs" / folder).glob("*.md")))


def _paragraphs() -> list[str]:
    """Return the paragraphs of the strategy and the channels that are plain text."""
    blocks = re.split(r"\n{2,}", _text_of("strategi", "kanaler"))
    return [text for text in blocks if re.match(r"[A-ZÆØÅ]", text) and not re.search(r"[{}<\[|]", text)]


def _tasks() -> list[str]:
    return re.findall(r"^- \[ \] .+$", _text_of("retningslinjer"), re.MULTILINE)


_PARAGRAPHS, _TASKS = _paragraphs(), _tasks()
_GROUPS = {
    "hjemmeside-og-selvbetjening": ("hjemmeside", "selvbetjening"),
    "presse-sociale-medier-og-annoncer": ("presse-sociale-medier-og-annoncer",),
    "telefon-og-videomoeder": ("telefon", "videomoeder"),
    "skriftlig-kommunikation": ("digital-post", "mail"),
    "personligt-fremmoede": ("personligt-fremmoede",),
}
"""The pages below `kanaler/`, with the channels on each."""
_CHANNELS = [channel for channels in _GROUPS.values() for channel in channels]


def _some(items: list[str], start: int, count: int) -> list[str]:
    """Return `count` items from a place on, beginning again at the end."""
    return list(islice(cycle(items), start % len(items), start % len(items) + count))


def _front(description: str, number: int, status: str, more: str = "") -> str:
    return _FRONT.format(description=description, status=status, more=more, day=1 + number % 9)


def _topic(folder: int, place: int) -> str:
    number = folder * TOPIC_PAGES_PER_FOLDER + place
    text = _some(_PARAGRAPHS, 7 * number, 12)
    channel, other = _some(_CHANNELS, number, 2)
    tasks = _some(_TASKS, 5 * number, 12)
    rows = "\n".join(f"| {task.removeprefix('- [ ] ').split(':')[0]} | {number % 7 + line} | {line * 3} |" for line, task in enumerate(tasks[:6]))
    parts = [
        f"# Emne {folder}" + (f", side {place}" if place else ""),
        "{{ status() }}",
        *text[:3],
        "## Reglerne",
        f'{{{{ rules("{channel}") }}}}',
        *text[3:6],
        "## Sådan gør vi",
        text[6],
        f"| Opgave | Antal | Dage |\n|---|---:|---:|\n{rows}",
        f'Se også {{{{ channel("{other}") }}}}, og [siden om formålet](../strategi/formaal.md).',
        "### Før du går i gang",
        text[7],
        "\n".join(task.replace("[ ] ", "") for task in tasks[6:]),
        "## Baggrund",
        *text[8:],
        "## Kontakt",
        '{{ contact("politik-personale") }}',
    ]
    return _front(f"Emne {folder}, side {place} – hvad reglerne er, og hvordan vi gør.", number, "adopted") + "\n\n".join(parts) + "\n"


def _guideline(number: int) -> str:
    """Return a draft like those of the project: the rules of every channel, and what has to be decided about it."""
    parts = [f"# Lokal retningslinje for område {number}", "{{ status() }}", *_some(_PARAGRAPHS, 3 * number, 2), "{{ progress() }}"]
    for group, channels in _GROUPS.items():
        parts.append(f"## {_title(group)} {{: #{group} }}")
        for channel in channels:
            tasks = "\n".join(_some(_TASKS, 11 * number + 7 * _CHANNELS.index(channel), 6))
            heading = [f"### {_title(group, channel)}"] if len(channels) > 1 else []
            parts += [*heading, f'{{{{ rules("{channel}") }}}}', "Forslag til beslutninger:", tasks]
    front = _front(f"Udkast til lokal retningslinje for område {number}.", number, "draft", f"department: Område {number}\n")
    return front + "\n\n".join(parts) + "\n"


@cache
def _title(group: str, channel: str = "") -> str:
    """Return the heading of a page below `kanaler/`, or of a channel on it."""
    text = (ROOT / f"docs/kanaler/{group}.md").read_text(encoding="utf-8")
    return _search(rf"^#+ (.+?) \{{:.*#{channel}\b.*$" if channel else r"^# (.+)$", text)
