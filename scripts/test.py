"""Lint, check types and run all tests, after installing what they need. With arguments, only run pytest, with those arguments."""

import os
import subprocess
import sys

import environment

environment.enter("requirements-test.txt", environment.FOR_TESTS)
os.chdir(environment.ROOT)
if not sys.argv[1:]:
    for command in (["ruff", "check"], ["mypy"]):
        if code := subprocess.call([sys.executable, "-m", *command]):
            sys.exit(code)
environment.run_instead([sys.executable, "-m", "pytest", *sys.argv[1:]])
