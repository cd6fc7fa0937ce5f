"""Write `CODEOWNERS` from the pages' owners. With `--check`, only say whether it is as it should be."""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.codeowners import FILE, codeowners  # noqa: E402
from macros.content import read_project  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=f"Skriv {FILE} ud fra sidernes ansvarlige.")
    parser.add_argument("--check", action="store_true", help="skriv intet; slut med 1, hvis filen ikke passer")
    arguments = parser.parse_args()
    file = environment.ROOT / FILE
    wanted = codeowners(read_project(environment.ROOT, os.environ).content)
    if file.is_file() and file.read_bytes() == wanted.encode():
        return 0
    if arguments.check:
        print(f"{FILE}:1: filen passer ikke til sidernes ansvarlige – kør python3 scripts/codeowners.py")
        return 1
    try:
        file.write_text(wanted, encoding="utf-8", newline="")
    except OSError as error:
        print(f"{FILE} kan ikke skrives ({error.strerror}) – ret rettighederne", file=sys.stderr)
        return 1
    print(f"{FILE} er skrevet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
