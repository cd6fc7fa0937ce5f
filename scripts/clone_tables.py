"""Write the tables of what a clone had before the program could be installed.

They are of `main`: `python3 scripts/clone_tables.py $(git rev-list --first-parent 2c6548b^..9e1bd5c)`.
"""

import io
import subprocess
import sys
import tarfile

import environment

environment.enter("requirements.txt")

from kanalstrategi.upgrading import clone_files


def files_of(commit: str) -> dict[str, bytes]:
    """Return the content of the files of a commit, keyed by path."""
    archive = subprocess.run(["git", "archive", "--format=tar", commit], cwd=environment.ROOT, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return {member.name: files.extractfile(member).read() for member in files if member.isfile()}


known, styles = clone_files.table_lines(map(files_of, sys.argv[1:]))
folder = environment.ROOT / "kanalstrategi" / "upgrading"
(folder / clone_files.FILES_TABLE).write_text("\n".join(known) + "\n", encoding="utf-8", newline="\n")
(folder / clone_files.STYLES_TABLE).write_text("\n".join(styles) + "\n", encoding="utf-8", newline="\n")
