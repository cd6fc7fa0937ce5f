"""Check all of `docs/` without building, and print every problem in Danish.

Problems go to standard output, and the script exits with 1 if there is any. Advice, such as on text
that is hard to read, goes to standard error and does not change how it exits. `--format github` prints both as
annotations of a pull request, `--format json` as data. With `--overdue`, what is overdue and open by owner comes first.
"""

import argparse
import os
import sys
from typing import NoReturn

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.advice import advice  # noqa: E402
from macros.checks import check  # noqa: E402
from macros.content import read_project  # noqa: E402
from macros.follow_up import report  # noqa: E402
from macros.formats import as_annotation, as_json  # noqa: E402


class Parser(argparse.ArgumentParser):
    """Tells in Danish how it is called."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, "Skriv: python3 scripts/check.py [--overdue] [--format text|github|json]\n")


def main() -> int:
    parser = Parser(description="Tjek alle sider i docs/ uden at bygge.")
    parser.add_argument("--overdue", action="store_true", help="vis også, hvad der er overskredet og åbent, efter ansvarlig")
    parser.add_argument("--format", choices=["text", "github", "json"], default="text", help="github: som noter i en pull request")
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # whatever the shell's language is
    sys.stderr.reconfigure(encoding="utf-8")
    reading = read_project(environment.ROOT, os.environ)
    problems = check(reading, environment.ROOT / "docs")
    advised = advice(reading)
    if arguments.format == "json":
        print(as_json(problems, advised))
        return bool(problems)
    if arguments.format == "github":
        for kind, found in (("error", problems), ("warning", advised)):
            for problem in found:
                print(as_annotation(kind, problem))
        return bool(problems)
    if arguments.overdue:
        print(*report(reading), sep="\n", end="\n\n")
    for problem in advised:
        print(f"{problem.place}: advarsel: {problem.message}", file=sys.stderr)
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
