"""The project as a municipality would have it that calls its folders something else."""

from __future__ import annotations

import re

from tests.support.project import Project

NAMES = {"strategi": "politik", "kanaler": "veje", "retningslinjer": "afdelinger"}
"""What each folder is called, by the program's name for it."""
SHAPE = "  shape:\n    folders: {strategy: politik, channels: veje, guidelines: afdelinger}\n"
_NAME = re.compile(rf"(?<![\w./-])((?:\.\./)*)({'|'.join(NAMES)})/")
_ARGUMENT = re.compile(rf'(?<=cards\(")({"|".join(NAMES)})(?=")')
_ADDRESS = re.compile(rf"^/({'|'.join(NAMES)})/", re.MULTILINE)
_FORMER = re.compile(rf"(?<=docs/)({'|'.join(NAMES.values())})\b|(?<![\w-])({'|'.join(NAMES.values())})(?=[/\"`<]|--|$)")


def rename_folders(project: Project) -> None:
    """Move the three folders of a project, mend everything that names them, and say so in its settings."""
    for old, new in NAMES.items():
        (project.root / "docs" / old).rename(project.root / "docs" / new)
    for file in [*(project.root / "docs").rglob("*.md"), project.root / "mkdocs.yml"]:
        text = file.read_text(encoding="utf-8")
        renamed = _ARGUMENT.sub(lambda found: NAMES[found[1]], _NAME.sub(lambda found: f"{found[1]}{NAMES[found[2]]}/", text))
        file.write_text(renamed, encoding="utf-8")
    project.replace("mkdocs.yml", "extra:\n", f"extra:\n{SHAPE}")
    if (record := project.root / "addresses.txt").exists():  # as if the site had always been there
        record.write_text(_ADDRESS.sub(lambda found: f"/{NAMES[found[1]]}/", record.read_text(encoding="utf-8")), encoding="utf-8")


def with_former_names(text: str) -> str:
    """Return a text in which addresses and paths have the program's names of the folders."""
    former = {new: old for old, new in NAMES.items()}
    return _FORMER.sub(lambda found: former[found[0]], text)
