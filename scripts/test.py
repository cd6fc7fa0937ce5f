"""Run all tests, setting up what they need. Extra arguments go to pytest."""

import os
import sys

import environment

environment.enter("requirements-test.txt", environment.FOR_PDF + environment.FOR_TESTS)
os.chdir(environment.ROOT)
os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])
