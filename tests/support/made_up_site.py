"""A made-up municipality of the smallest kind: two channels and one department, in a folder with `mkdocs.yml` and `docs/` alone."""

from __future__ import annotations

from pathlib import Path

from tests.support.project import Project

FIELDS = "---\ndescription: Om os.\nowner: stab\nstatus: adopted\nreviewed: 2025-12-01\nreview_by: 2026-11-30\n---\n\n"
FILES = {
    "mkdocs.yml": """\
site_name: Fjordby Kommunes kanalstrategi
plugins: [kanalstrategi]
extra:
  organisation: Fjordby Kommune
  owners:
    stab: {name: Staben, phone: "11 22 33 44"}
nav:
  - Forside: index.md
  - kanaler/index.md
  - kanaler/*
  - Regler: regler.md
  - Retningslinjer: [retningslinjer/index.md, retningslinjer/*]
  - status.md
  - opfoelgning.md
  - data.md
  - nyt.md
  - udgaver/index.md
  - tilgaengelighed/index.md
  - tilgaengelighed/erklaering.md
  - For redaktører: [redaktoer/index.md, redaktoer/*]
""",
    "docs/index.md": FIELDS.removesuffix("---\n\n")
    + "adopted: 2025-12-01\nadopted_by: byrådet\nevaluate_by: 2029-12-31\nedition: 2026-2029\ntemplate: home.html\n---\n\n"
    + "# Kanalstrategi\n\nFjordby taler med alle.\n",
    "docs/kanaler/index.md": FIELDS + '# Kanaler\n\n{{ cards("kanaler") }}\n',
    "docs/kanaler/telefon.md": FIELDS + "# Telefon\n\n## Det betyder, at\n\n- vi skal svare\n    {: #telefon-svar }\n",
    "docs/kanaler/bogbus.md": FIELDS + "# Bogbus\n\n## Det betyder, at\n\n- vi skal køre ud til alle\n    {: #bogbus-alle }\n",
    "docs/retningslinjer/havnen.md": FIELDS.replace("adopted", "draft").replace("owner", "department: Havnen\nowner")
    + '# Havnen\n\n## Telefon {: #telefon }\n\n{{ rules("telefon") }}\n\n## Bogbus {: #bogbus }\n\n{{ rules("bogbus") }}\n',
}


def made_up_site(root: Path) -> Project:
    """Write the site into a folder, and return it."""
    project = Project(root)
    for path, text in FILES.items():
        project.write(path, text)
    return project
