"""A project of any size made from this one's own pages: their Danish text, rules, tables and tasks, in another order on every page.

The same number gives the same bytes. What is made is a whole project: `scripts/check.py` finds nothing in it.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ("macros", "overrides", "scripts")
IN_A_FOLDER = 20
"""Topic pages, beside their index."""
ONE_GUIDELINE_IN = 10
"""Pages: what a portal has of local guidelines, beside all its other text."""
_FRONT = "---\ndescription: {description}\n{more}owner: politik-personale\nstatus: {status}\nreviewed: 2025-11-0{day}\nreview_by: 2027-05-23\n---\n\n"


def write_corpus(root: Path, count: int, *, documents: bool = False, municipality: str = "", shared: bool = False) -> None:
    """Write a project of `count` pages, the least of which are this project's own, into a new folder.

    `municipality` is its name, if it shall be another; with `shared`, the program is a link to this project's.
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
    wanted = max(0, count - pages_in(root))
    guidelines = wanted // ONE_GUIDELINE_IN
    for number in range(guidelines):
        _write(docs / f"retningslinjer/omraade-{number:04}.md", _guideline(number))
    folders: dict[int, int] = {}
    for number in range(wanted - guidelines):
        folder = number // IN_A_FOLDER
        place = number % IN_A_FOLDER
        folders[folder] = place
        _write(docs / f"emne-{folder:03}/{'index' if not place else f'side-{place:02}'}.md", _topic(folder, place))
    _write_configuration(root / "mkdocs.yml", sorted(folders), documents)
    if not documents:
        for page in docs.rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            if "{{ download(" in text:
                _write(page, re.sub(r"\{\{ download\(.*?\) \}\}", "", text))
    if municipality:
        _rename(root, municipality)


def pages_in(root: Path) -> int:
    """How many pages a project has."""
    return sum("skabeloner" not in page.parts for page in (root / "docs").rglob("*.md"))


def _rename(root: Path, name: str) -> None:
    """Give a project to another municipality."""
    configuration = root / "mkdocs.yml"
    former = str(re.search(r"^  organisation: (\S+)", configuration.read_text(encoding="utf-8"), re.MULTILINE)[1])  # type: ignore[index]
    for file in (configuration, *(root / "docs").rglob("*.md")):
        _write(file, file.read_text(encoding="utf-8").replace(former, name))


def _write_configuration(file: Path, folders: list[int], documents: bool) -> None:
    """The menu with the folders in it, below one entry; without PDFs, unless they are wanted."""
    text = file.read_text(encoding="utf-8")
    if not documents:
        start = text.index("  documents:\n")
        text = text[:start] + text[text.index("\n# `- folder/*`", start) :]
    entries = "".join(f"      - Emne {number}:\n          - emne-{number:03}/index.md\n          - emne-{number:03}/*\n" for number in folders)
    if entries:
        text = text.replace("  - Regler: regler.md\n", f"  - Emner:\n{entries}  - Regler: regler.md\n")
    _write(file, text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _own(*folders: str) -> str:
    return "\n\n".join(page.read_text(encoding="utf-8") for folder in folders for page in sorted((ROOT / "docs" / folder).glob("*.md")))


def _paragraphs() -> list[str]:
    """Of the strategy and the channels, plain text only."""
    found = re.split(r"\n{2,}", _own("strategi", "kanaler"))
    return [text for text in found if re.match(r"[A-ZÆØÅ]", text) and not re.search(r"[{}<\[|]", text)]


def _tasks() -> list[str]:
    return re.findall(r"^- \[ \] .+$", _own("retningslinjer"), re.MULTILINE)


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


def _some(of: list[str], start: int, count: int) -> list[str]:
    return list(islice(cycle(of), start % len(of), start % len(of) + count))


def _front(description: str, number: int, status: str, more: str = "") -> str:
    return _FRONT.format(description=description, status=status, more=more, day=1 + number % 9)


def _topic(folder: int, place: int) -> str:
    number = folder * IN_A_FOLDER + place
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
    """A draft as those of the project are: the rules of every channel, and what is to be decided of it."""
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
    """The heading of a page below `kanaler/`, or of a channel on it."""
    text = (ROOT / f"docs/kanaler/{group}.md").read_text(encoding="utf-8")
    wanted = rf"^#+ (.+?) \{{:.*#{channel}\b.*$" if channel else r"^# (.+)$"
    return str(re.search(wanted, text, re.MULTILINE)[1])  # type: ignore[index]
