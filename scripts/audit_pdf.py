"""Audit PDFs for accessibility: `python3 scripts/audit_pdf.py FILE…`."""

import sys

import environment

environment.enter("requirements.txt")

from kanalstrategi.cli.audit_pdf import main

sys.exit(main())
