"""A small project with a strategy in force, for tests of what commands do to its files."""

from __future__ import annotations

import os
from pathlib import Path

from kanalstrategi.cli import edition, new, structure
from kanalstrategi.content.project import read_project
from kanalstrategi.content.published_urls import RECORD_FILE, published_urls, with_recorded
from macros import MACROS
from tests.support.project import Project

_FIELDS = "---\ndescription: Om os.\nowner: hus\nstatus: adopted\nreviewed: 2023-02-28\nreview_by: 2025-12-31\n{more}---\n\n"
FILES = {
    "mkdocs.yml": """\
site_name: Strategi 2023-2025
extra:
  organisation: Byen
  owners: {hus: {name: Huset}}
  documents:
    kanalstrategi:
      name: Strategien
      opening: index.md
      pages:
        - strategi/
        - kanaler/
nav:
  - Forside: index.md
  # Strategien selv
  - strategi/formaal.md
  - strategi/maal.md # måske
  - kanaler/index.md
  - kanaler/telefon.md
  - retningslinjer/skoler.md
  - soeg.md
""",
    "docs/index.md": _FIELDS.format(
        more="redirects:\n  - forside/\nedition: 2023-2025\nadopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\ntemplate: home.html\n"
    )
    + "# Strategi 2023–2025\n\nTekst.\n\n![Et billede](billeder/forside.svg)\n",
    "docs/strategi/formaal.md": _FIELDS.format(more="") + "# Formål\n\nVi taler [sammen](../kanaler/telefon.md).\n{: #maal }\n",
    "docs/strategi/maal.md": _FIELDS.format(more="redirects: [strategi/vision/]\n") + "# Mål\n\nVi vil [mere](../bilag/tal.csv).\n",
    "docs/kanaler/index.md": _FIELDS.format(more="") + "# Kanaler\n\n![Et billede](../billeder/forside.svg)\n",
    "docs/kanaler/telefon.md": _FIELDS.format(more="") + "# Telefon\n\n## Det betyder, at\n\n- vi skal ringe\n    {: #telefon-ring }\n",
    "docs/retningslinjer/skoler.md": _FIELDS.replace("adopted", "draft").format(more="department: Skoler\n")
    + '# Skoler\n\n## Telefon\n\n{{ rules("telefon") }}\n\nVi svarer.\n',
    "docs/soeg.md": _FIELDS.format(more="") + "# Søg\n\n{{ search() }}\n",
    "docs/billeder/forside.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>\n',
    "docs/bilag/tal.csv": "a;b\n1;2\n",
}


def small_project(root: Path) -> Project:
    """Write the project into a folder, with the record of what it publishes, and return it."""
    project = Project(root)
    for path, text in FILES.items():
        project.write(path, text)
    project.write(RECORD_FILE, with_recorded("", published_urls(read_project(root, {}).content)))
    return project


def run(project: Project, *words: str) -> int:
    """Run `scripts/new.py`, `scripts/edition.py` or `scripts/structure.py` with the other words, in this process."""
    command, *arguments = words
    return {"new": new, "edition": edition, "structure": structure}[command].main(project.root, MACROS, arguments)


def tree(root: Path) -> dict[str, bytes]:
    """Return everything in a project that is under version control, folders included, keyed by path."""
    found = {}
    for folder, _, files in os.walk(root):
        path = Path(folder).relative_to(root).as_posix()
        if path.split("/")[0] not in (".edition", ".cache"):
            found[path] = b"/"
            found |= {f"{path}/{name}".removeprefix("./"): (Path(folder) / name).read_bytes() for name in files}
    return found
