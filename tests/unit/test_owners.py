"""Owners are read from mkdocs.yml as they can be used; what cannot is said."""

from __future__ import annotations

from kanalstrategi.content.owners import read_owners


def test_what_cannot_be_used_is_left_out_and_reported() -> None:
    reported = list[str]()
    written = {
        "hus": {"name": "Huset", "email": "a..b@by.dk", "deputy": "hus"},
        "../../x": {"name": "Ude", "email": "x@by.dk"},  # the names of files are made of it
        "by": {"name": "Byen", "email": ".a@by.dk", "deputy": "ingen"},
        "ny": {"name": "Ny", "email": "a.b+c@by.dk", "deputy": "hus"},
    }
    owners = read_owners(written, lambda id, value: "", lambda key, message, hint: reported.append(key))
    assert {owner.id: (owner.email, owner.deputy) for owner in owners.values()} == {"hus": ("", ""), "by": ("", ""), "ny": ("a.b+c@by.dk", "hus")}
    assert sorted(reported) == ["../../x", "by", "by", "hus", "hus"]
