"""Build the site and its PDFs into `site/`.

`--pdf-engine pdfkit` chooses the other PDF engine, whose files are refused unless `--allow-untagged`
is given too. Other arguments go to `mkdocs build`.
"""

import argparse
import os
import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)
os.chdir(environment.ROOT)

import editor_files  # noqa: E402

parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
parser.add_argument("--pdf-engine")
parser.add_argument("--allow-untagged", action="store_true")
ours, theirs = parser.parse_known_args()
if ours.pdf_engine:
    os.environ["PDF_ENGINE"] = ours.pdf_engine  # which mkdocs.yml reads
if ours.allow_untagged:
    os.environ["ALLOW_UNTAGGED"] = "1"
editor_files.fetch_if_wanted()
os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "build", "--strict", *theirs])
