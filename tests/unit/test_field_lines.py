"""A field in the front matter of a page is changed without changing any other byte of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanalstrategi.incoming_text import read_bytes
from kanalstrategi.markdown.field_lines import FieldError, with_fields
from kanalstrategi.markdown.front_matter import parse_front_matter

PAGE = b"---\ndescription: Om os\n# En note\nstatus: adopted\nkeywords:\n  - brev\n\n  - post\nreviewed: 2023-02-28\n---\n\n# Titel\n\nstatus: draft\n"
LINES = st.lists(st.sampled_from(["# Titel", "", "---", "status: draft", "æøå é 🙂", "{{ status() }}", "  - a", "..."]), max_size=6)
FIELDS = {"description": "Om os", "owner": "x", "reviewed": "2023-02-28", "adopted": "2023-02-28", "redirects": "[a/, b/]", "keywords": "\n  - a\n  - b"}


def values(page: bytes) -> dict[str, str | list[str] | None]:
    return parse_front_matter(read_bytes(page).text).values


def test_a_field_keeps_its_place() -> None:
    changed = with_fields(PAGE, {"status": "draft"})
    assert changed == PAGE.replace(b"status: adopted", b"status: draft", 1)


def test_a_field_goes_with_all_its_lines_and_no_note() -> None:
    assert with_fields(PAGE, {"keywords": None, "description": None}) == b"---\n# En note\nstatus: adopted\nreviewed: 2023-02-28\n---" + PAGE.split(b"---")[2]


def test_new_fields_come_after_the_field_they_belong_to() -> None:
    changed = with_fields(PAGE, {"adopted": "2026-02-24", "adopted_by": "byrådet"}, after=["status", "missing"])
    assert changed == PAGE.replace(b"status: adopted\n", "status: adopted\nadopted: 2026-02-24\nadopted_by: byrådet\n".encode(), 1)
    assert with_fields(PAGE, {"edition": "2026"}) == PAGE.replace(b"28\n---", b"28\nedition: 2026\n---", 1)


def test_a_field_that_already_says_it_keeps_its_line() -> None:
    page = b"---\nstatus:   'draft'\nredirects:\n- a/\n---\n"
    assert with_fields(page, {"status": "draft", "redirects": ["a/"], "missing": None}) == page


@pytest.mark.parametrize(
    "value", ["direktion: og # chef", "- a", "{x}", '"citat"', "a\\b", "[x", "byråd & udvalg", "1", "null", "https://a.dk/b?c=d#e", "&a", "*b", "a b:"]
)
def test_a_text_is_read_as_it_was_meant(value: str) -> None:
    page = with_fields(PAGE, {"adopted_by": value, "redirects": [value, "b"]})
    assert (values(page)["adopted_by"], values(page)["redirects"]) == (value, [value, "b"])


@pytest.mark.parametrize("page", [b"# Titel\n", b"---\n{a: b, status: draft}\n---\n", b"---\na: b\na: c\n---\n", b""])
def test_a_page_whose_fields_cannot_be_changed_one_by_one_is_refused(page: bytes) -> None:
    with pytest.raises(FieldError, match="–"):
        with_fields(page, {"status": "adopted"})


@given(
    st.permutations(list(FIELDS.items())),
    LINES,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\ufeff"]),
    st.booleans(),
    st.dictionaries(st.sampled_from([*FIELDS, "status"]), st.none() | st.text("ab: #-'\"æ", min_size=1).map(str.strip).filter(bool)),
)
def test_every_other_byte_stays(
    fields: list[tuple[str, str]], body: list[str], end: str, mark: str, ends_with_line: bool, changes: dict[str, str | None]
) -> None:
    lines = [f"{key}: {value}" for key, value in fields]
    text = "\n".join(["---", *lines, "---", *body]) + ("\n" if ends_with_line else "")
    page = (mark + text.replace("\n", end)).encode()
    changed = with_fields(page, changes)
    assert values(changed) == {key: value for key, value in {**values(page), **changes}.items() if value is not None}
    kept = [f"{key}: {value}" for key, value in fields if key not in changes]
    rest = ("\n".join(["---", *body]) + ("\n" if ends_with_line else "")).replace("\n", end).encode()
    assert changed.startswith((mark + "---" + end).encode()) and changed.endswith(rest)
    assert all(line.replace("\n", end).encode() in changed for line in kept)
    written = len([value for value in changes.values() if value is not None])
    assert changed.count(end.encode()) == (mark + "\n".join(["---", *kept, ""])).count("\n") + written + rest.count(end.encode())
