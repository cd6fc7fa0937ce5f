"""The `kanalstrategi` command, which runs the other commands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kanalstrategi.cli import audit_pdf, check, code_owners, edition, links, new, portal, published_urls, remind
from kanalstrategi.cli.site_macros import load_registry

COMMANDS: dict[str, Callable[[Path, Sequence[str]], int]] = {
    "addresses": published_urls.main,
    "audit-pdf": lambda root, arguments: audit_pdf.main(arguments),
    "check": lambda root, arguments: check.main(root, load_registry(root), arguments),
    "codeowners": code_owners.main,
    "edition": lambda root, arguments: edition.main(root, load_registry(root), arguments),
    "links": links.main,
    "new": lambda root, arguments: new.main(root, load_registry(root), arguments),
    "portal": portal.main,
    "remind": remind.main,
}
"""The commands, keyed by name. Each takes the site's folder and its own arguments, and returns the exit code."""


def main() -> int:
    """Run the command named by the first argument, on the site in the current folder."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        print(f"Skriv: kanalstrategi {'|'.join(COMMANDS)} …", file=sys.stderr)
        return 2
    if name not in ("audit-pdf", "portal") and not Path("mkdocs.yml").is_file():
        print("Der er ingen mkdocs.yml i denne mappe – gå til mappen med hjemmesiden, og prøv igen", file=sys.stderr)
        return 2
    return COMMANDS[name](Path.cwd(), arguments)


if __name__ == "__main__":
    sys.exit(main())
