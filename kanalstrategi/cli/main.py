"""The commands of `kanalstrategi` that do not build, and how one of them is run by its name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from kanalstrategi.cli import audit_pdf, check, code_owners, edition, links, new, new_site, portal, progress, published_urls, remind, structure, upgrade
from kanalstrategi.cli.spoken_commands import print_installed_commands
from kanalstrategi.diagnostics import printable
from kanalstrategi.site_macros import MacroNameError, load_registry
from kanalstrategi.suggestions import suggestion

Command = Callable[[Path, Sequence[str]], int]
"""Takes the site's folder and its own arguments, and returns the exit code."""


def _new(root: Path, arguments: Sequence[str]) -> int:
    """Begin a page of the site in a folder, or a site where there is none."""
    return new.main(root, load_registry(root), arguments) if (root / "mkdocs.yml").is_file() else new_site.main(arguments)


COMMANDS: dict[str, Command] = {
    "addresses": published_urls.main,
    "audit-pdf": lambda root, arguments: audit_pdf.main(arguments),
    "check": lambda root, arguments: check.main(root, load_registry(root), arguments),
    "codeowners": code_owners.main,
    "edition": lambda root, arguments: edition.main(root, load_registry(root), arguments),
    "links": links.main,
    "new": _new,
    "portal": portal.main,
    "progress": progress.main,
    "remind": remind.main,
    "structure": lambda root, arguments: structure.main(root, load_registry(root), arguments),
    "upgrade": upgrade.main,
}
"""The commands, keyed by name."""
DESCRIPTIONS = {
    "addresses": "skriv nye adresser på listen over alle, der har været udgivet",
    "audit-pdf": "find det, der gør en PDF svær at bruge for nogen",
    "build": "byg hjemmesiden og dens PDF’er",
    "check": "tjek alle sider uden at bygge",
    "codeowners": "skriv, hvem der godkender ændringer af hver side",
    "edition": "forbered, vedtag og arkivér en udgave af strategien",
    "links": "spørg alle links til andre hjemmesider, om de stadig virker",
    "new": 'begynd en ny side, eller uden for mappen en ny hjemmeside: kanalstrategi new "Fjordby Kommune" ../fjordby',
    "portal": "saml flere kommuners hjemmesider på én adresse, med en forside og en søgning",
    "progress": "skriv ned, hvor langt fagområderne er i dag",
    "remind": "send besked til dem, der har noget over fristen",
    "serve": "vis hjemmesiden, mens du retter den",
    "structure": "giv en kanal eller et fagområde et andet navn, eller fjern det",
    "upgrade": "skift til en nyere udgave af programmet, og se forskellen, før noget bliver gemt",
    "verify": "prøv på den byggede hjemmeside det, som hver hjemmeside lover",
}
"""What each command does, in Danish, keyed by name."""
_WITHOUT_SITE = ("audit-pdf", "portal")
"""The commands that need no site."""


def main(commands: Mapping[str, Command] = COMMANDS) -> int:
    """Run the command named by the first argument, on the site in the current folder."""
    name, *arguments = sys.argv[1:] or [""]
    if name == "--version":
        print(f"kanalstrategi {version('kanalstrategi')}")
        return 0
    if name in ("-h", "--help"):
        print(_help(commands))
        return 0
    if name not in commands:
        unknown = f"kommandoen {printable(name)} findes ikke – {suggestion(name, sorted(commands))}"
        print(f"{unknown}\nkanalstrategi --help viser, hvad hver af dem gør" if name else _help(commands), file=sys.stderr)
        return 2
    try:
        folder = Path.cwd()
        str(folder).encode()  # pikepdf (10.18) opens no file in a folder whose path is not UTF-8
    except FileNotFoundError:  # it was removed after the shell went there
        print("Mappen, som kommandoen er startet i, findes ikke længere – gå til en anden mappe, og prøv igen", file=sys.stderr)
        return 2
    except UnicodeEncodeError:
        print(f"Mappen {printable(str(folder))} har tegn i sin sti, som ikke kan bruges – giv den et andet navn, og prøv igen", file=sys.stderr)
        return 2
    has_site, begins_site = Path("mkdocs.yml").is_file(), name == "new" and not new.is_of_page(arguments)
    if name not in _WITHOUT_SITE and not has_site and not begins_site:
        print("Der er ingen mkdocs.yml i denne mappe – gå til mappen med hjemmesiden, og prøv igen", file=sys.stderr)
        return 2
    if not Path("scripts/check.py").is_file():
        print_installed_commands()
    try:
        return commands[name](folder, arguments)
    except MacroNameError as error:
        print(error, file=sys.stderr)
        return 1


def _help(commands: Mapping[str, Command]) -> str:
    """Return what each command does."""
    width = max(map(len, commands))
    lines = [f"  {name:<{width}}  {DESCRIPTIONS.get(name, '')}".rstrip() for name in sorted(commands)]
    first = "Skriv: kanalstrategi KOMMANDO …  i mappen med hjemmesidens mkdocs.yml. Kommandoen fulgt af --help viser mere."
    return "\n".join([first, "", *lines, "", "kanalstrategi --version viser, hvilken udgave af programmet det er."])
