"""Check all of `docs/` without building, and print every problem in Danish.

Exits with 1 if there is any. With `--overdue`, what is overdue and open by owner comes first;
that is no problem of the pages, and does not change how it exits.
"""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.checks import check  # noqa: E402
from macros.content import read_project  # noqa: E402
from macros.follow_up import report  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Tjek alle sider i docs/ uden at bygge.")
    parser.add_argument("--overdue", action="store_true", help="vis også, hvad der er overskredet og åbent, efter ansvarlig")
    arguments = parser.parse_args()
    reading = read_project(environment.ROOT, os.environ)
    problems = check(reading, environment.ROOT / "docs")
    if arguments.overdue:
        print(*report(reading), sep="\n", end="\n\n")
    for problem in problems:
        print(problem)
    if problems:
        noun = "problem" if len(problems) == 1 else "problemer"
        print(f"\n{len(problems)} {noun} skal rettes.")
        return 1
    print("Alt er i orden.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
