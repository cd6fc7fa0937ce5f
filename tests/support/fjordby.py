"""A municipality of another shape: it has a policy instead of a strategy, departments, seven channels without groups, and "Vi vil:" lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.support.project import Project

_FIELDS = "---\ndescription: {about}\nowner: kommunikation\nstatus: adopted\nreviewed: 2025-10-01\nreview_by: 2026-06-30\n{more}---\n\n"
_PRINCIPLES = (
    ("borgeren-foerst", "Borgeren først.", "Vi tager udgangspunkt i borgerens situation og ikke i vores organisation."),
    ("digital", "Digital, når det giver mening.", "De fleste klarer sig selv på nettet. Resten hjælper vi."),
    ("en-indgang", "Én indgang.", "Borgeren skal ikke kende vores organisation for at få svar."),
    ("klart-sprog", "Klart sprog.", "Vi skriver kort og uden fagord."),
    ("aabenhed", "Åbenhed.", "Vi fortæller også om det, der ikke lykkes."),
    ("svar-til-tiden", "Svar til tiden.", "Vi holder de svarfrister, vi har meldt ud."),
    ("alle-bidrager", "Alle bidrager.", "Kommunikation er hver medarbejders opgave."),
)
CHANNELS: dict[str, tuple[str, str, dict[str, str]]] = {
    "hjemmesiden": (
        "Hjemmesiden",
        "Hjemmesiden er kommunens vigtigste kilde til information. Den er åben:\n\n- alle hverdage\n- alle helligdage\n",
        {"sprog": "skrive ud fra det, borgerne spørger om", "rydde-op": "fjerne sider, som ingen har læst i et år", "ansvarlig": "have én ansvarlig"},
    ),
    "selvbetjening": (
        "Selvbetjening",
        "Borgeren kan søge, anmelde og betale hele døgnet.\n",
        {"vej": "vise vej til den rigtige løsning på højst tre klik", "hjaelp": "hjælpe den, der går i stå."},
    ),
    "digital-post": ("Digital Post", "", {"frist": "svare inden for ti arbejdsdage", "afsender": "skrive afsender og telefonnummer i alle breve."}),
    "telefon": (
        "Telefon",
        "Kontaktcentret tager imod alle opkald.\n",
        {
            "svar": "besvare ni ud af ti opkald inden for tre minutter",
            "stille-om": "stille om til en fagperson højst én gang",
            "ringe": "ringe op samme dag, hvis vi har lovet det.",
        },
    ),
    "personligt-fremmoede": ("Fremmøde", "", {"aftale": "tage imod både med og uden aftale", "tolk": "tilbyde tolk, når borgeren har brug for det."}),
    "sociale-medier": (
        "Sociale medier",
        "",
        {"svar": "svare på spørgsmål inden for en arbejdsdag", "had": "slette hadefulde kommentarer og sige hvorfor."},
    ),
    "chat-og-sms": (
        "Chat og sms",
        "",
        {"chat": "have åbent for chat alle hverdage kl. 9-15", "sms": "kun sende sms om aftaler og akutte forhold."},
    ),
}
"""Title, introduction and rules of each channel, keyed by id."""
DEPARTMENTS = {"biblioteker": "Biblioteker", "skoler": "Skoler"}
_CONFIG = """\
site_name: Fjordby Kommunes kommunikationspolitik
site_url: !ENV [SITE_URL, "http://localhost:8000/"]
site_description: Hvor og hvordan Fjordby Kommune taler med borgerne.
copyright: Fjordby Kommune
extra:
  organisation: Fjordby Kommune
  owners: {kommunikation: {name: Kommunikation, phone: 12 34 56 78}}
  documents:
    politik: {name: Kommunikationspolitikken, opening: index.md, pages: [strategi/, kanaler/]}
    retningslinjer: {name: retningslinjen, opening: index.md, each: retningslinjer/}
  shape:
    words: {strategy: kommunikationspolitik, department: afdeling}
    rule_leads:
      - Vi vil
      - Syv principper
    review_months: 12
nav:
  - Forside: index.md
  - Politikken: [strategi/principper.md]
  - Kanaler: [kanaler/index.md, CHANNELS]
  - Afdelinger: [retningslinjer/index.md, DEPARTMENTS, status.md, opfoelgning.md]
  - Regler: regler.md
  - Data: data.md
  - Søg: soeg.md
theme: {name: material, custom_dir: overrides/theme, language: da, font: false, logo: billeder/logo.svg, favicon: billeder/logo.svg}
plugins: [kanalstrategi, {macros: {module_name: macros}}]
"""


def _rules(id: str, rules: dict[str, str]) -> str:
    items = (f"- {text}\n    {{: #{id}-{name} }}\n" for name, text in rules.items())
    return "Vi vil:\n\n" + "".join(items)


def _principles() -> Iterator[str]:
    for number, (id, name, text) in enumerate(_PRINCIPLES, 1):
        yield f"{number}. **{name}** {text}\n    {{: #{id} }}\n"


def _page(title: str, text: str, more: str = "") -> str:
    return _FIELDS.format(about=f"{title} i Fjordby.", more=more) + f"# {title}\n\n{{{{ status() }}}}\n\n{text}"


def _guideline(name: str) -> str:
    sections = (f'## {title} {{: #{id} }}\n\n{{{{ rules("{id}") }}}}\n\n- [ ] Hvem svarer?\n' for id, (title, _, _) in CHANNELS.items())
    return _page(name, "{{ progress() }}\n\n" + "\n".join(sections), f"department: {name}\n").replace("adopted", "draft")


def _channel(id: str) -> str:
    title, about, rules = CHANNELS[id]
    text = _page(title, about + "\n" * bool(about) + _rules(id, rules))
    points = "    {: #hjemmesiden-sprog }\n\n    - på telefonen\n    - i søgningen\n\n"
    return text.replace("    {: #hjemmesiden-sprog }\n", points)


FJORDBY = {
    "mkdocs.yml": _CONFIG.replace("CHANNELS", ", ".join(f"kanaler/{id}.md" for id in CHANNELS)).replace(
        "DEPARTMENTS", ", ".join(f"retningslinjer/{id}.md" for id in DEPARTMENTS)
    ),
    "docs/index.md": _page(
        "Kommunikationspolitik 2024-2027",
        "Sådan taler vi med borgerne.\n",
        "edition: 2024-2027\nadopted: 2024-09-24\nadopted_by: Byrådet\nevaluate_by: 2025-06-30\n",
    ),
    "docs/strategi/principper.md": _page("Principper", "## Syv principper\n\n" + "".join(_principles())),
    "docs/kanaler/index.md": _page("Kanaler", '{{ cards("kanaler") }}\n'),
    **{f"docs/kanaler/{id}.md": _channel(id) for id in CHANNELS},
    "docs/retningslinjer/index.md": _page("Afdelinger", "{{ coverage() }}\n"),
    **{f"docs/retningslinjer/{id}.md": _guideline(name) for id, name in DEPARTMENTS.items()},
    "docs/status.md": _page("Status", "{{ goal_status() }}\n\n{{ decisions_sought() }}\n\n{{ department_progress() }}\n\n{{ overdue() }}\n"),
    "docs/opfoelgning.md": _page("Opfølgning", "{{ evaluation() }}\n\n{{ follow_up() }}\n\n{{ calendars() }}\n"),
    "docs/regler.md": _page("Regler", "{{ register() }}\n"),
    "docs/data.md": _page("Data", "{{ open_data() }}\n"),
    "docs/soeg.md": _page("Søg", "{{ search() }}\n"),
    "docs/billeder/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>\n',
}
"""Its files, keyed by path."""


def fjordby(root: Path) -> Project:
    """Write the site into a folder, and return it."""
    project = Project(root)
    for path, text in FJORDBY.items():
        project.write(path, text)
    return project
