"""A small project whose four goals have figures for 2021 to 2025: one on course, one behind its target, one off course, and one with a gap."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kanalstrategi.content.conventions import GOAL_FOLDER
from tests.support.project import Project
from tests.support.small_project import small_project

TODAY = date(2026, 3, 1)
"""A day on which the figures for 2025 are the latest that there can be."""
SENTENCES = {
    "telefon": "Borgernes brug af telefonen falder.",
    "breve": "Borgernes brug af breve falder.",
    "digitalt": "Borgernes brug af digitale henvendelser stiger.",
    "selvbetjening": "Borgernes brug af selvbetjening stiger.",
}
"""The strategy's sentences, keyed by the id of the goal."""
FIELDS = {
    "telefon": "direction: down\nunit: opkald\n",
    "breve": "direction: down\nunit: breve\ntarget: 4.000\ntarget_by: 2026\n",
    "digitalt": "direction: up\nunit: henvendelser\n",
    "selvbetjening": "direction: up\nunit: procent\n",
}
"""The front matter of each goal's page, besides its sentence and what every page has."""
FIGURES = {
    "telefon": "periode,værdi,kilde\n2021,12.400,Telefonsystemet\n2022,11.900,Telefonsystemet\n2023,11.350,Telefonsystemet\n"
    '2024,10.200,Telefonsystemet\n2025,"9.800",Telefonsystemet\n',
    "breve": "periode,værdi,kilde,bemærkning\n2021,9.000,Postsystemet,\n2022,8.700,Postsystemet,\n2023,8.250,Postsystemet,Nyt system fra maj\n"
    "2024,7.900,Postsystemet,\n2025,7.400,Postsystemet,\n",
    "digitalt": "periode;værdi;kilde\n2021;30.150;Hjemmesiden\n2022;29.800;Hjemmesiden\n2023;29.100;Hjemmesiden\n2024;28.700;Hjemmesiden\n"
    "2025;28.950;Hjemmesiden\n",
    "selvbetjening": "periode;værdi;kilde\n2021;61,5;Borger.dk\n2022;62;Borger.dk\n2023;63,2;Borger.dk\n2025;67,5;Borger.dk\n",
}
"""The CSV file of each goal, as Danes and their spreadsheets write them."""
CHANGES = {
    "telefon": "12.400 → 9.800 opkald: 2.600 færre (21 %) siden 2021",
    "breve": "9.000 → 7.400 breve: 1.600 færre (18 %) siden 2021",
    "digitalt": "30.150 → 28.950 henvendelser: 1.200 færre (4 %) siden 2021",
    "selvbetjening": "61,5 → 67,5 procent: 6 procentpoint højere siden 2021",
}
"""What each goal has changed by, in words."""
COURSES = {"telefon": "på rette vej", "breve": "bagud", "digitalt": "den forkerte vej", "selvbetjening": "på rette vej"}
MISSING = {"telefon": (), "breve": (), "digitalt": (), "selvbetjening": ("ingen måling for 2024",)}

PAGES = {"telefon": "telefoniske-henvendelser", "breve": "skriftlige-henvendelser", "digitalt": "digitale-henvendelser", "selvbetjening": "selvbetjening"}
"""The names of the same goals' pages in our own site, keyed by the names here."""

_FIELDS = "---\ndescription: Et mål.\nowner: hus\nstatus: adopted\nreviewed: 2026-02-28\nreview_by: 2026-12-31\n{more}---\n\n"


def project_with_goals(root: Path, *, figures: bool = True) -> Project:
    """Write the project into a folder, and return it. Without `figures`, no goal has a measurement."""
    project = small_project(root)
    add_goals(project, figures=figures)
    return project


def add_goals(project: Project, *, figures: bool = True) -> None:
    """Add the goals to a small project: their sentences in the strategy, their pages, and the figures."""
    items = "".join(f"- {sentence}\n    {{: #maal-{id} }}\n" for id, sentence in SENTENCES.items())
    file = project.root / "docs/strategi/maal.md"
    project.write("docs/strategi/maal.md", f"{file.read_text(encoding='utf-8')}\n## Overordnede mål\n\n{items}")
    project.write(f"docs/{GOAL_FOLDER}/index.md", _FIELDS.format(more="") + "# Mål og tal\n\n{{ goals() }}\n")
    for id, fields in FIELDS.items():
        page = _FIELDS.format(more=f"goal: maal-{id}\n{fields}") + f"# {id.capitalize()}\n\n{{{{ goal() }}}}\n"
        project.write(f"docs/{GOAL_FOLDER}/{id}.md", page)
        if figures:
            project.write(f"docs/{GOAL_FOLDER}/{id}.csv", FIGURES[id])
    pages = "".join(f"  - {GOAL_FOLDER}/{name}.md\n" for name in ("index", *FIELDS))
    project.replace("mkdocs.yml", "  - kanaler/index.md\n", f"{pages}  - kanaler/index.md\n")


def fill_in_goals(project: Project) -> None:
    """Give the four goals of a copy of our own site the figures and the facts of the goals here."""
    for id, name in PAGES.items():
        project.write(f"docs/{GOAL_FOLDER}/{name}.csv", FIGURES[id])
        page = project.root / f"docs/{GOAL_FOLDER}/{name}.md"
        project.write(f"docs/{GOAL_FOLDER}/{name}.md", re.sub("direction: .*\n", FIELDS[id], page.read_text(encoding="utf-8"), count=1))
