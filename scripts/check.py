"""Check all of `docs/` without building, and print every problem in Danish.

Exits with 1 if there is any.
"""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt")

sys.path.insert(0, str(environment.ROOT))

from macros.checks import find_problems  # noqa: E402


def main() -> int:
    argparse.ArgumentParser(description="Tjek alle sider i docs/ uden at bygge.").parse_args()
    problems = find_problems(environment.ROOT, os.environ)
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
