"""A process plan with twelve actions in all states, its material and a goal, for the project of any test."""

from __future__ import annotations

from tests.support.project import Project

TODAY = "2026-01-01"
"""The day on which two of the actions are late, as the build date of the tests."""
_FRONT = """---
description: Om det.
owner: {owner}
status: {status}
reviewed: 2025-11-01
review_by: 2027-05-01
{more}---

# {title}

{{{{ status() }}}}

{text}
"""
# The name of the file, the title, who does it, and the fields; `-` is for whoever has not been named.
ACTIONS = [
    ("skriv-plan", "Skriv procesplanen", "a", "action: done\nbegins: 2023-03-01\ndue: 2023-09-01\ndone: 2023-08-15\n"),
    ("holde-kursus", "Hold kurser i klart sprog", "b", "action: done\ndue: 2024-06-30\ndone: 2024-08-02\nserves: [faerre-opkald]\n"),
    ("ny-hjemmeside", "Få en ny hjemmeside", "b", "action: started\nbegins: 2024-01-15\ndue: 2025-11-30\nserves: [faerre-opkald, {rule}]\n"),
    ("evaluer", "Evaluér strategien", "a", "action: open\ndue: 2025-12-31\n"),
    ("telefontider", "Afstem telefontiderne på tværs af alle fagområder", "a", "action: started\nbegins: 2025-10-01\ndue: 2026-03-31\nserves:\n  - {rule}\n"),
    ("videorum", "Indret rum til videomøder", "b", "action: planned\nbegins: 2026-02-01\ndue: 2026-06-30\n"),
    ("vejledninger", "Skriv vejledninger til selvbetjening", "b", "action: planned\ndue: 2026-09-30\nserves: [faerre-opkald]\n"),
    ("brugertest", "Prøv løsningerne med borgere", "a", "action: planned\nbegins: 2026-08-01\ndue: 2026-12-31\n"),
    ("chatbot", "Køb en chatbot", "b", "action: dropped\ndue: 2025-06-30\n"),
    ("robotter", "Lad robotter ringe op", "b", "action: dropped\n"),
    ("lokale-maal", "Aftal lokale mål med hvert center", "-", "action: open\n"),
    ("materiale", "Lav understøttende materiale", "-", "action: open\nserves: [{rule}]\n"),
]
MATERIALS = [
    ("skabelon", "Skabelon til telefonsvarer", "purpose: Ens beskeder.\naudience: Alle med en telefonsvarer.\nsupports: [telefontider, materiale]\n"),
    ("kursus", "Kursus i klart sprog", "purpose: Breve, der bliver forstået.\naudience: Medarbejdere, der skriver til borgere.\n"),
]


def write_plan(project: Project, rule: str, sentence: str, owners: tuple[str, str], nobody: str, status: str = "adopted") -> None:
    """Write the plan into a project. `rule` is the id of a rule, `sentence` that of a goal's sentence, and `nobody` the owner of what nobody does."""
    names = dict(zip("ab-", (*owners, nobody), strict=True))

    def write(path: str, title: str, text: str, more: str = "", owner: str = "a") -> None:
        project.write(f"docs/{path}.md", _FRONT.format(owner=names[owner], status=status, more=more, title=title, text=text))

    for id, title, owner, fields in ACTIONS:
        write(f"procesplan/{id}", title, "Det er det, der skal gøres.", fields.format(rule=rule), owner)
    for id, title, fields in MATERIALS:
        write(f"materiale/{id}", title, "Her er det.", fields)
    write("maal/faerre-opkald", "Færre opkald", '{{ actions_for("faerre-opkald") }}', f"goal: {sentence}\ndirection: down\n")
    write("procesplan/index", "Procesplan", "## Tidslinje\n\n{{ plan_timeline() }}\n\n## Hvem gør hvad\n\n{{ plan_by_owner() }}")
    write("materiale/index", "Materiale", "{{ materials() }}")
