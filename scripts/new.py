"""Begin a new page from its template: `python3 scripts/new.py department "Sundhedsplejen"`."""

import argparse
import os
import sys
from typing import NoReturn

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.content import read_project  # noqa: E402
from macros.new_page import NewPageError, new_department  # noqa: E402


class Parser(argparse.ArgumentParser):
    """Tells in Danish how it is called."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, 'Skriv: python3 scripts/new.py department "Fagområdets navn"\n')


def main() -> int:
    parser = Parser(description="Begynd en ny side: et fagområdes lokale retningslinje.")
    parser.add_argument("kind", choices=["department"])
    parser.add_argument("name", help="fagområdets navn, som det skal stå i tabeller")
    arguments = parser.parse_args()
    try:
        path = new_department(environment.ROOT, arguments.name, os.environ)
    except NewPageError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path} er oprettet. Ret siden, og kør derefter python3 scripts/check.py")
    order = read_project(environment.ROOT, os.environ).content.organisation.order
    page = path.removeprefix("docs/")
    if order and page not in order:  # without a menu of its own, a site has all its pages in it
        print(f"Siden står ikke i menuen – skriv `- {page}` under nav i mkdocs.yml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
