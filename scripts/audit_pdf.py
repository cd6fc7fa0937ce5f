"""Find what keeps a PDF from being accessible: `python3 scripts/audit_pdf.py FILE…`.

Prints one line for each diagnostic, in Danish, with the page and what to do. Exits with 1 if there
is any, and with 2 if a file could not be read.
"""

import sys

import environment

environment.enter("requirements.txt", environment.FOR_PDF)

sys.path.insert(0, str(environment.ROOT))

from kanalstrategi.cli.audit_pdf import main  # noqa: E402  # which only the project's environment can import

if __name__ == "__main__":
    sys.exit(main())
