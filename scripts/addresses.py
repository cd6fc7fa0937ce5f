"""Add the addresses that the site publishes to the record of them. With `--check`, only say whether any is missing."""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.content import read_project  # noqa: E402
from macros.moved import FILE, addresses, missing, parse, with_added  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=f"Skriv nye adresser på listen i {FILE}. Intet bliver slettet.")
    parser.add_argument("--check", action="store_true", help="skriv intet; slut med 1, hvis en adresse mangler")
    arguments = parser.parse_args()
    file = environment.ROOT / FILE
    text = file.read_text(encoding="utf-8", errors="surrogateescape") if file.is_file() else ""
    published = addresses(read_project(environment.ROOT, os.environ).content)
    new = missing(published, parse(text)[0])
    if not new:
        return 0
    if arguments.check:
        print(f"{FILE}:1: {len(new)} adresser mangler på listen – kør python3 scripts/addresses.py")
        return 1
    try:
        file.write_text(with_added(text, published), encoding="utf-8", errors="surrogateescape", newline="")
    except OSError as error:
        print(f"{FILE} kan ikke skrives ({error.strerror}) – ret rettighederne", file=sys.stderr)
        return 1
    print(f"{FILE}: {len(new)} adresser er skrevet til.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
