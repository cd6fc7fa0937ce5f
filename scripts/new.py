"""Begin a new page from its template: `python3 scripts/new.py department "Sundhedsplejen"`."""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.new_page import NewPageError, new_department  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Begynd en ny side.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    department = kinds.add_parser("department", help="et fagområdes lokale retningslinje")
    department.add_argument("name", help="fagområdets navn, som det skal stå i tabeller")
    arguments = parser.parse_args()
    try:
        path = new_department(environment.ROOT, arguments.name, os.environ)
    except NewPageError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path} er oprettet og står i menuen. Ret siden, og kør derefter python3 scripts/check.py")
    return 0


if __name__ == "__main__":
    sys.exit(main())
