"""The site in the form before the program could be installed: a clone of the repository at commit 2c6548b, changed as a municipality would."""

from __future__ import annotations

import re
import shutil
import tarfile
from pathlib import Path

from tests.support.project import DATA, Project, run_mkdocs

ARCHIVE = DATA / "clone-2c6548b.tar.xz"
"""What `git archive` gives of that commit, without tests, benchmarks and decisions; a shallow clone lacks the commit itself."""
OLD_CHANNEL, NEW_CHANNEL = "telefon-og-videomoeder", "telefon-og-chat"
OWN_RULE = "vi skal ringe, når havnen lukker, og altid når det er storm"
"""What one of the rules says here, in the place of another municipality's."""
OTHERS_RULE = "vi skal sikre, at regler for notatpligt og journalisering overholdes"
"""What it said there."""
OWN_MACRO = '''\
"""What Fjordby shows."""

from __future__ import annotations

from kanalstrategi.markdown.nodes import Element, element
from kanalstrategi.rendering.macros import Call, macro
from macros.tides import tide


@macro
def fjord(call: Call) -> Element:
    """Say how warm the water is."""
    return element("p.fjordby", f"Vandet er varmt ved {tide()}")
'''
HELPER = '"""The tides."""\n\n\ndef tide() -> str:\n    """Return what the water does."""\n    return "højvande"\n'


def extracted(root: Path) -> Project:
    """Write the clone into a folder."""
    with tarfile.open(ARCHIVE) as files:
        files.extractall(root, filter="data")
    return Project(root)


def changed_clone(root: Path) -> Project:
    """Write the clone into a folder, changed as a municipality would."""
    project = extracted(root)
    _lighten(project)
    project.replace("mkdocs.yml", "site_name: Guldborgsund Kommunes kanalstrategi", "site_name: Fjordby Kommunes kanalstrategi # vores")
    _rename_channel(project)
    _change_departments(project)
    project.replace(f"docs/kanaler/{NEW_CHANNEL}.md", f"{OTHERS_RULE}\n    {{: #telefon-notatpligt }}", f"{OWN_RULE}\n    {{: #telefon-notatpligt }}")
    project.write("docs/billeder/logo.svg", (root / "docs/billeder/logo.svg").read_text().replace("#0c4a60", "#6b1f7b"))
    project.write("macros/fjord.py", OWN_MACRO)
    project.write("macros/tides.py", HELPER)
    after = "from macros.follow_up import follow_up\n"
    project.replace("macros/__init__.py", after, f"from macros.fjord import fjord\n{after}")
    project.replace("macros/__init__.py", "news, editions, open_data, search,\n", "news, editions, open_data, search,\n    fjord,\n")
    project.replace("docs/medarbejdere.md", "{{ status() }}\n", "{{ status() }}\n\n{{ fjord() }}\n")
    project.replace("overrides/theme/tokens.css", "--k-brand: #0c4a60;", "--k-brand: #6b1f7b;")
    _append(project, "overrides/theme/assets/styles/footer.css", "\n.fjordby { color: var(--k-brand) }\n")
    _append(project, "overrides/theme/partials/site-search.html", "<!-- søgning i Fjordby -->\n")
    _append(project, "overrides/theme/partials/contents.html", "<!-- som programmet ikke kan vise mere -->\n")
    _append(project, "overrides/pdf/print.css", "\n.fjordby { color: red }\n")
    _append(project, "kanalstrategi/checks/links.py", "\nFJORDBY = True\n")
    _append(project, "docs/redaktoer/word.md", "\nI Fjordby spørger vi Kim.\n")
    project.write("scripts/vores.py", 'print("Fjordby")\n')
    project.write("udgiv.sh", "#!/bin/sh\nrsync site/ fjordby:\n")
    return project


def build_with_own_program(project: Project) -> None:
    """Build the clone with the program that lies in it."""
    process = run_mkdocs(project.root, PYTHONPATH=str(project.root))
    assert process.returncode == 0, process.stdout + process.stderr


def _lighten(project: Project) -> None:
    """Leave one document of one page, since the others take most of a build."""
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    one = "  documents:\n    status:\n      name: status på ét ark\n      opening: status.md\n      sheet: true\n\n"
    project.write("mkdocs.yml", re.sub(r"^  documents:.*?(?=^\S)", one, text, flags=re.MULTILINE | re.DOTALL))
    for file in (project.root / "docs").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r'\{\{ download\("(?!status)[a-z]*"?.*?\) \}\}', "", text), encoding="utf-8")
    addresses = project.root / "addresses.txt"
    kept = [line for line in addresses.read_text().splitlines() if not line.startswith("/pdf/") or line == "/pdf/status.pdf"]
    addresses.write_text("\n".join(kept) + "\n")


def _rename_channel(project: Project) -> None:
    docs = project.root / "docs"
    (docs / f"kanaler/{OLD_CHANNEL}.md").rename(docs / f"kanaler/{NEW_CHANNEL}.md")
    for file in (*docs.rglob("*.md"), project.root / "mkdocs.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(OLD_CHANNEL, NEW_CHANNEL), encoding="utf-8")
    project.replace(f"docs/kanaler/{NEW_CHANNEL}.md", "subchannels:\n", f"redirects:\n  - kanaler/{OLD_CHANNEL}/\nsubchannels:\n")


def _change_departments(project: Project) -> None:
    """Add the harbour, and remove the homes, which Fjordby has none of."""
    docs = project.root / "docs/retningslinjer"
    text = (docs / "biblioteker.md").read_text(encoding="utf-8")
    project.write("docs/retningslinjer/havnen.md", re.sub("bibliotekerne?", "havnen", text.replace("Biblioteker", "Havnen")))
    (docs / "bosteder.md").unlink()
    project.replace("mkdocs.yml", "          - retningslinjer/bosteder.md\n", "          - retningslinjer/havnen.md\n")
    project.replace("docs/retningslinjer/havnen.md", "status: draft\n", "status: draft\nredirects:\n  - retningslinjer/bosteder/\n")


def _append(project: Project, path: str, text: str) -> None:
    with (project.root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def files_of(root: Path) -> dict[str, bytes]:
    """Return the files of a folder that are under version control or could be, keyed by path."""
    skipped = (".cache", ".edition", ".git", "site")
    paths = (file.relative_to(root) for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {path.as_posix(): (root / path).read_bytes() for path in paths if path.parts[0] not in skipped}


def remove_build(project: Project) -> None:
    """Remove what a build leaves."""
    for name in ("site", ".cache"):
        shutil.rmtree(project.root / name, ignore_errors=True)
