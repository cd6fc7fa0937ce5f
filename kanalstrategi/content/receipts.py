"""Writes and reads receipts (`kvittering.json`), by which it is seen that what was adopted has not been changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kanalstrategi.sanitizing.files import MAX_RECEIPT_BYTES


@dataclass(frozen=True)
class Receipt:
    """What a receipt says about the files of an edition, or about the former versions of a guideline."""

    facts: dict[str, str]
    """Its name, when it was adopted and superseded, and by whom. Empty texts where there is nothing to say."""
    files: dict[str, str]
    """The SHA-256 of each file, in hexadecimal digits, keyed by its path below the folder of the receipt."""
    words: dict[str, str] = field(default_factory=dict)
    """The digest of the words of each page as they were adopted, keyed by the page's path while it is in force."""
    text: str = ""
    """The adopted page itself, for a guideline in force: what is filed once it is superseded."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the whole: of a line with digest and path for each file, as `sha256sum` writes it, sorted."""
        return file_digest("".join(sorted(f"{digest}  {path}\n" for path, digest in self.files.items())).encode())

    def to_json(self) -> bytes:
        """Return the content of the receipt's file."""
        values = {**self.facts, "files": dict(sorted(self.files.items())), "digest": self.digest}
        if self.words:
            values["words"] = dict(sorted(self.words.items()))
        if self.text:
            values["text"] = self.text
        return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def file_digest(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file."""
    return {path: file_digest(content) for path, content in files.items()}


def parse_receipt(content: bytes) -> Receipt | None:
    """Return the receipt in a file, or None if the file is not as the program has written it."""
    try:
        values = json.loads(content)
        json.dumps(values, ensure_ascii=False).encode()  # half a character, such as `\ud800`, is no text
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    files, words, text = (values.pop(key, default) for key, default in (("files", None), ("words", {}), ("text", "")))
    digest = values.pop("digest", None)
    if not (_is_texts(files) and _is_texts(words) and _is_texts(values) and isinstance(text, str)):
        return None
    receipt = Receipt(values, files, words, text)
    return receipt if digest == receipt.digest else None


def read_receipt(file: Path) -> Receipt | None:
    """Return the receipt in a file, or None as `parse_receipt` does. Of a file that is too large to be one, no more is read. Raises OSError."""
    with file.open("rb") as stream:
        return parse_receipt(stream.read(MAX_RECEIPT_BYTES + 1))


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
