"""Two who have the same page open: what one of them has saved is neither undone by the other nor changed without a word."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.editor.docs_folder import ChangedError, DocsFolder, RefusedError
from kanalstrategi.editor.local_api import Workplace, answer
from kanalstrategi.editor.merging import merge

GUIDELINE = """---
department: Skoler
reviewed: 2026-01-01
review_by: 2026-07-01
---

# Skoler

- [ ] Svar: Hvem svarer?
    {: kind=essential }
- [ ] Tid: Hvornår?
- [x] Sted: Hvor?

    På skolen.

Tekst.
"""
ANSWERED = ("- [ ] Tid: Hvornår?\n", "- [x] Tid: Hvornår?\n\n    Mandag.\n")
"""One decision, and what one of two editors makes of it."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs/billeder").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Forside\n")
    return tmp_path


def state(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def workplace(project: Path, review: Any = None) -> Workplace:
    """The folder `docs/` of a project, with checks that find nothing wrong unless others are given."""
    return Workplace(DocsFolder(project), review or mock.Mock(problems=lambda changes: []), mock.Mock())


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def save(project: Path, base: str, mine: str, review: Any = None) -> Any:
    page = {"path": "docs/skoler.md", "raw": mine, "base": base}
    return answer(workplace(project, review), {"action": "persistEntry", "params": {"dataFiles": [page], "assets": []}})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [ ] Svar: Hvem svarer?\n    {: kind=essential }\n", "- [x] Svar: Hvem svarer?\n    {: kind=essential }\n\n    Lederen.\n"),
        ("På skolen.", "På kontoret.\n\n    Og på nettet."),
        ("    På skolen.\n", "    På skolen.\n- [ ] Nyt: Hvad?\n"),
        ("Tekst.", "Ny tekst."),
        ("review_by: 2026-07-01", "review_by: 2026-08-01"),
        ANSWERED,
        ("", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_two_who_change_different_places_of_a_page_both_keep_what_they_have_typed(project: Path, old: str, new: str, end: str) -> None:
    texts = (GUIDELINE, GUIDELINE.replace(old, new, 1), GUIDELINE.replace(*ANSWERED), GUIDELINE.replace(*ANSWERED).replace(old, new, 1))
    base, theirs, mine, both = (text.replace("\n", end) for text in texts)
    file = project / "docs/skoler.md"
    file.write_text(theirs, newline="")
    told = save(project, base, mine)
    assert file.read_bytes().decode() == both
    assert told["theirs"] == ({} if theirs in (base, mine) else {"docs/skoler.md": theirs})
    # The window of the second does not show the other's change: its next save neither undoes nor repeats it.
    save(project, mine, mine.replace("Mandag", "Tirsdag"))
    assert file.read_bytes().decode() == both.replace("Mandag", "Tirsdag")


@pytest.mark.parametrize(
    ("theirs", "reason"),
    [
        (GUIDELINE.replace(ANSWERED[0], "- [x] Tid: Hvornår?\n\n    Fredag.\n"), "ændret af en anden"),
        (GUIDELINE.replace(ANSWERED[0], ""), "ændret af en anden"),
        (GUIDELINE.replace(ANSWERED[0], f"{ANSWERED[0]}Nyt afsnit.\n"), "ændret af en anden"),
        ("", "ændret af en anden"),
        (None, "slettet af en anden"),
    ],
)
def test_whoever_saves_last_is_refused_where_both_have_changed_the_same_and_nothing_is_written(project: Path, theirs: str | None, reason: str) -> None:
    file = project / "docs/skoler.md"
    if theirs is not None:
        file.write_text(theirs)
    before = state(project)
    with pytest.raises(ChangedError, match=f"{reason}, siden du åbnede den – ") as refused:
        save(project, GUIDELINE, GUIDELINE.replace(*ANSWERED))
    assert refused.value.theirs == theirs and state(project) == before


def test_a_new_page_does_not_take_the_place_of_one_that_has_come_meanwhile(project: Path) -> None:
    (project / "docs/skoler.md").write_text("# Skoler\n")
    with pytest.raises(ChangedError, match="der er kommet en anden side med det navn"):
        save(project, "", GUIDELINE)
    assert (project / "docs/skoler.md").read_text() == "# Skoler\n"


def test_two_changes_that_are_right_each_but_not_together_are_not_saved(project: Path) -> None:
    theirs = GUIDELINE.replace("Tekst.", "Ny tekst.")
    (project / "docs/skoler.md").write_text(theirs)
    problems = mock.Mock(problems=lambda changes: ["x"] if b"Ny tekst." in changes["docs/skoler.md"] else [])
    with pytest.raises(ChangedError):
        save(project, GUIDELINE, GUIDELINE.replace(*ANSWERED), review=problems)
    assert (project / "docs/skoler.md").read_text() == theirs


def test_a_page_that_changes_while_it_is_checked_is_not_overwritten(project: Path) -> None:
    file = project / "docs/skoler.md"
    file.write_text(GUIDELINE)

    def change(changes: object) -> list[Diagnostic]:
        file.write_text("en andens")
        return []

    with pytest.raises(RefusedError, match="mens den blev gemt"):
        save(project, GUIDELINE, GUIDELINE.replace(*ANSWERED), review=mock.Mock(problems=change))
    assert file.read_text() == "en andens"


def test_a_save_that_does_not_say_what_it_began_from_is_refused(project: Path) -> None:
    with pytest.raises(RefusedError, match="genindlæs"):
        answer(workplace(project), {"action": "persistEntry", "params": {"dataFiles": [{"path": "docs/index.md", "raw": "ny"}], "assets": []}})
    for params in ({"paths": ["docs/index.md"]}, {"paths": ["docs/index.md"], "ids": {"docs/index.md": digest(b"for l\xc3\xa6nge siden")}}):
        with pytest.raises(RefusedError, match="genindlæs"):
            answer(workplace(project), {"action": "deleteFiles", "params": params})
    assert (project / "docs/index.md").read_text() == "# Forside\n"


def test_an_upload_does_not_take_the_place_of_another_file(project: Path) -> None:
    file = project / "docs/billeder/a.png"
    file.write_bytes(b"en andens")
    image = {"path": "docs/billeder/a.png", "content": "eA==", "encoding": "base64"}
    page = {"path": "docs/index.md", "raw": "ny", "base": "# Forside\n"}
    for action, params in (("persistMedia", {"asset": image}), ("persistEntry", {"dataFiles": [page], "assets": [image]})):
        with pytest.raises(RefusedError, match="der ligger allerede en anden fil med det navn"):
            answer(workplace(project), {"action": action, "params": params})
    assert file.read_bytes() == b"en andens" and (project / "docs/index.md").read_text() == "# Forside\n"


PARTS = st.lists(st.sampled_from(["\n", "a\n", "b\n", "- [ ] c\n", "- [x] d\n\n    e\n", "f"]), max_size=12)
EDITS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), PARTS), max_size=2)


@given(PARTS, EDITS, EDITS)
def test_what_is_merged_is_the_same_whoever_saves_last_and_loses_no_new_line(
    base: list[str], mine: list[tuple[int, int, list[str]]], theirs: list[tuple[int, int, list[str]]]
) -> None:
    def changed(edits: list[tuple[int, int, list[str]]]) -> str:
        parts = list(base)
        for start, count, new in edits:
            parts[start : start + count] = new
        return "".join(parts)

    old, one, other = "".join(base), changed(mine), changed(theirs)
    merged = merge(old, one, other)
    assert merged == merge(old, other, one)
    assert merge(old, old, one) == merge(old, one, one) == one
    if merged is not None:
        count = Counter(merged.splitlines())
        for text in (one, other):
            added = Counter(text.splitlines()) - Counter(old.splitlines())
            assert not added - count
