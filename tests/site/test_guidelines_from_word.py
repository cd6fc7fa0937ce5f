"""Ten Word files become guidelines: every word is on a page or in the report, the pages have no errors, and the site is built with them."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from kanalstrategi.checks.runner import find_diagnostics
from kanalstrategi.cli.word_guideline import new_department_from
from kanalstrategi.content.project import read_project
from kanalstrategi.word.words import words_of, words_of_file
from macros import MACROS
from tests.support.html5 import shown_text
from tests.support.project import Project, built_once, copied
from tests.support.random_word_files import random_word_file
from tests.support.word_samples import LIBREOFFICE_SOURCES, WORD_SAMPLES, libreoffice_samples

RANDOM = {f"drawn-{seed}": seed for seed in (1, 2)}
NAMES = [*(source.stem for source in LIBREOFFICE_SOURCES), *WORD_SAMPLES, *RANDOM]
