"""A byte of a filed edition, or of a guideline's former version, that has changed is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.content.receipts import Receipt, file_digests, parse_receipt
from kanalstrategi.sanitizing.files import check_kind, check_size
from tests.support.project import Project
from tests.support.small_project import run, small_project

FILED = "docs/udgaver/2023-2025"
VERSION = "docs/udgaver/retningslinjer/skoler/2026-01-05.md"
RECEIPT = "kvittering.json"


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a filed edition and a guideline's former version."""
    project = small_project(tmp_path_factory.mktemp("adopted"))
    for words in (
        ("new", "edition", "2026-2029"),
        ("edition", "guideline", "skoler", "--date", "2026-01-05", "--by", "skoleudvalget"),
        ("edition", "adopt", "2026-2029", "--date", "2026-02-24", "--by", "byrådet"),
        ("edition", "guideline", "skoler", "--date", "2026-03-05", "--by", "skoleudvalget"),
    ):
        assert run(project, *words) == 0
    return project


def append(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")


def break_receipt(file: Path) -> None:
    values = json.loads(file.read_bytes())
    values["files"].popitem()
    file.write_text(json.dumps(values))


def copy_into_same_folder(file: Path) -> None:
    file.with_name(f"ny{file.suffix}").write_bytes(file.read_bytes())


CHANGES: list[tuple[str, Callable[[Path], object], str]] = [
    (f"{FILED}/kanaler/telefon.md", append, "docs/udgaver/2023-2025/kanaler/telefon.md:1: filen er ændret, efter at den afløste udgave blev arkiveret – "),
    (f"{FILED}/billeder/forside.svg", append, "docs/udgaver/2023-2025/billeder/forside.svg:1: filen er ændret"),
    (f"{FILED}/strategi/maal.md", Path.unlink, "docs/udgaver/2023-2025/kvittering.json:1: filen strategi/maal.md mangler"),
    (f"{FILED}/strategi/maal.md", copy_into_same_folder, "docs/udgaver/2023-2025/strategi/ny.md:1: filen er kommet til"),
    (f"{FILED}/{RECEIPT}", Path.unlink, "docs/udgaver/2023-2025/index.md:1: den afløste udgave har ingen kvittering – "),
    (f"{FILED}/{RECEIPT}", break_receipt, "docs/udgaver/2023-2025/kvittering.json:1: kvitteringen kan ikke læses, eller den er ændret – "),
    (f"docs/udgaver/2026-2029/{RECEIPT}", lambda file: file.write_bytes(b"[" * 100_000), "docs/udgaver/2026-2029/kvittering.json:1: kvitteringen kan"),
    (VERSION, append, f"{VERSION}:1: filen er ændret, efter at retningslinjens tidligere udgaver blev arkiveret – "),
    (VERSION, copy_into_same_folder, "docs/udgaver/retningslinjer/skoler/ny.md:1: filen er kommet til"),
    (f"docs/udgaver/retningslinjer/skoler/{RECEIPT}", Path.unlink, f"{VERSION}:1: retningslinjens tidligere udgaver har ingen kvittering"),
]


@pytest.mark.parametrize(("path", "change", "line"), CHANGES)
def test_a_change_of_what_was_filed_is_reported(adopted: Project, path: str, change: Callable[[Path], object], line: str) -> None:
    file = adopted.root / path
    content, others = file.read_bytes(), set(file.parent.iterdir())
    change(file)
    try:
        found = adopted.check()
    finally:
        file.write_bytes(content)
        for added in set(file.parent.iterdir()) - others:
            added.unlink()
    assert [one for one in found if one.startswith(line)], found
    assert len([one for one in found if not one.startswith("addresses.txt")]) == 1


def test_what_was_filed_as_it_is_has_no_problem(adopted: Project) -> None:
    assert adopted.check() == []


def test_the_digest_is_what_sha256sum_says(adopted: Project) -> None:
    receipt = json.loads((adopted.root / FILED / RECEIPT).read_bytes())
    files = {file.relative_to(adopted.root / FILED).as_posix(): file for file in (adopted.root / FILED).rglob("*") if file.is_file() and file.name != RECEIPT}
    lines = sorted(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {path}\n" for path, file in files.items())
    assert receipt["digest"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    facts = ("edition", "adopted", "adopted_by", "decision", "superseded", "superseded_by")
    assert [receipt[key] for key in facts] == ["2023-2025", "2023-02-28", "byrådet", "", "2026-02-24", "2026-2029"]


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=5), st.binary(max_size=5), max_size=4), st.dictionaries(st.text(max_size=5), st.text(max_size=5)), st.text(max_size=20))
def test_a_receipt_is_read_as_it_was_written(files: dict[str, bytes], words: dict[str, str], text: str) -> None:
    receipt = Receipt({"edition": "x"}, file_digests(files), words, text)
    assert parse_receipt(receipt.to_json()) == receipt


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff", b'{"files": {"a": 1}, "digest": ""}', b'{"files": {}, "digest": "x"}', b"1" * 5000, b"[" * 100_000,
     b'{"files": {"\\ud800": ""}, "digest": ""}', Receipt({}, {}, {}, "x").to_json().replace(b'"x"', b'"\\ud800"')],
)  # fmt: skip # one of a kind on each line
def test_anything_else_is_no_receipt(content: bytes) -> None:
    assert parse_receipt(content) is None


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [
        ("udgaver/2026-2029/kvittering.json", True),
        ("udgaver/retningslinjer/skoler/kvittering.json", True),
        ("udgaver/retningslinjer/kvittering.json", False),
        ("udgaver/2026-2029/andet.json", False),
        ("udgaver/2026-2029/strategi/kvittering.json", False),
        ("udgaver/kvittering.json", False),
        ("kvittering.json", False),
        ("strategi/kvittering.json", False),
    ],
)
def test_a_receipt_is_the_only_json_file_and_has_its_place(path: str, is_allowed: bool) -> None:
    assert (list(check_kind(path)) == []) == is_allowed
    if is_allowed:
        assert list(check_size(path, 1000)) == [] and "fylder" in str(next(check_size(path, 1_000_000)))
