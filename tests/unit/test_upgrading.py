"""What becomes of the files of a clone when the program is installed instead, file by file; and what lies between two versions."""

from __future__ import annotations

import functools
import hashlib
import io
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kanalstrategi.cli import step_files, upgrade
from kanalstrategi.cli.upgrade_files import installed_program, uncommitted_files
from kanalstrategi.cli.upgrade_plan import Plan, moved_pins
from kanalstrategi.cli.upgrade_program import NewProgram, Wheel, fetch, read_wheel
from kanalstrategi.content.pins import Release, pin_files, pinned_version
from kanalstrategi.content.steps import StepError
from kanalstrategi.upgrading import versions
from kanalstrategi.upgrading.clone_ci import with_installed_program
from kanalstrategi.upgrading.clone_files import is_unchanged
from kanalstrategi.upgrading.clone_macros import separate_macros
from kanalstrategi.upgrading.clone_settings import without_program_settings
from kanalstrategi.upgrading.clone_theme import BRAND_FILE, OWN_TOKENS, separate_theme
from kanalstrategi.upgrading.difference import BuiltSite, difference, in_full, in_short
from kanalstrategi.upgrading.from_clone import Program, from_clone, is_clone
from kanalstrategi.upgrading.move import Move, applied
from macros import MACROS
from tests.support.clone import ARCHIVE, OWN_MACRO
from tests.support.project import ROOT

TOKENS, FOOTER = "overrides/theme/tokens.css", "overrides/theme/assets/styles/footer.css"
PROGRAM = Program(Release("1.1.0", "a" * 64, "# locked\nbabel==2.18.0 \\\n    --hash=sha256:abc\n"), installed_program().pages, frozenset(MACROS))
REWRITTEN = ("mkdocs.yml",)
"""What an upgrade changes within without keeping it as it was; everything else of the municipality's is kept byte for byte."""


@functools.cache
def clone() -> dict[str, bytes]:
    """The files of the clone, as nobody has changed them."""
    with tarfile.open(ARCHIVE) as files:
        return {member.name: stream.read() for member in files if (stream := files.extractfile(member))}


def test_the_tables_know_every_file_of_the_clone() -> None:
    assert [path for path, content in clone().items() if not is_unchanged(path, content)] == []
    assert [path for path, content in clone().items() if b"\0" not in content and not is_unchanged(path, content.replace(b"\n", b"\r\n"))] == []
    assert not is_unchanged("docs/index.md", b"# Fjordby\n")


def test_nothing_is_left_of_the_program_in_a_clone_that_nobody_has_changed() -> None:
    assert is_clone(clone())
    move = from_clone(clone(), PROGRAM)
    after = applied(clone(), move)
    assert move.old == move.tasks == ()
    assert {path.partition("/")[0] for path in after} == {
        ".gitattributes", ".github", ".gitignore", ".gitlab-ci.yml", ".pre-commit-config.yaml", "CODEOWNERS", "README.md", "addresses.txt", "docs",
        "mkdocs.yml", "records", "requirements.in", "requirements.txt",
    }  # fmt: skip - a list of files, several a line
    assert not is_clone(after)


def test_templates_come_with_the_program_unless_a_municipality_has_changed_them() -> None:
    own, answers = "docs/skabeloner/handling.md", "docs/skabeloner/svar.md"
    tree = {**clone(), own: clone()[own] + b"\nFjordby\n"}
    move = from_clone(tree, PROGRAM)
    after = applied(tree, move)
    assert answers in tree and sorted(path for path in after if "skabeloner" in path) == [own, "docs/skabeloner/retningslinje.md"]
    assert after[own] == tree[own] and any(task.startswith(f"{own} træder i stedet for programmets") for task in move.tasks)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(sorted(clone())), max_size=12), st.sets(st.sampled_from(["docs/ny.md", "kanalstrategi/ny.py", "gammelt/ny.md", "ny.txt"])))
def test_whatever_a_municipality_has_changed_is_kept(changed: set[str], new: set[str]) -> None:
    tree = {**clone(), **{path: clone()[path] + b"\n# Fjordby\n" for path in changed}, **dict.fromkeys(new, b"Fjordby")}
    after = applied(tree, from_clone(tree, PROGRAM))
    kept = {*after.values()}
    assert [path for path in (*changed, *new) if not path.startswith(REWRITTEN) and tree[path] not in kept] == []
    rewritten = [path for path in changed if path.startswith(REWRITTEN)]
    assert [path for path in rewritten if not after[path].rstrip().endswith(b"# Fjordby")] == []
    assert all(after[path] == content for path, content in tree.items() if path.startswith("docs/") and path in after)


def test_the_settings_lose_what_the_program_sets_and_nothing_else() -> None:
    data = clone()["mkdocs.yml"]
    move = without_program_settings(data)
    before, after = data.decode().splitlines(), (move.changes["mkdocs.yml"] or b"").decode().splitlines()
    gone = [line for line in before if line not in after]
    assert [line for line in after if line not in before] == []
    assert set(gone) == {
        "# Pages that scripts/new.py begins new ones from.", "exclude_docs: |", "  /skabeloner/", "  custom_dir: overrides/theme", "  language: da",
        "  font: false # no request to a third party", "  - macros:", "      module_name: macros", "watch:", "  - overrides", "validation:",
        "  omitted_files: warn", "  absolute_links: warn", "  unrecognized_links: warn", "  anchors: warn",
    }  # fmt: skip - lines of a file, several a line
    assert without_program_settings("\n".join(after).encode()).changes.get("mkdocs.yml", b"").strip() in (b"", "\n".join(after).encode())
    crlf = without_program_settings(data.replace(b"\n", b"\r\n")).changes["mkdocs.yml"] or b""
    assert crlf.replace(b"\r\n", b"\n").decode().splitlines() == after and crlf.count(b"\r\n") == crlf.count(b"\n")


def test_settings_that_are_a_choice_of_the_municipality_stay() -> None:
    own = b"site_name: Fjordby\ntheme:\n  name: material\n  custom_dir: vores\n  language: en\nplugins:\n  - kanalstrategi\n  - search\nwatch: [vores]\n"
    assert without_program_settings(own) == Move()
    on_one_line = b"site_name: Fjordby\nplugins: [kanalstrategi, macros]\n"
    (task,) = without_program_settings(on_one_line).tasks
    assert task.startswith("mkdocs.yml:2: tag selv linjen ud")
    assert "kan ikke læses" in without_program_settings(b"a: [\n").tasks[0]


def test_macros_that_cannot_be_separated_are_kept_and_told_of() -> None:
    init = clone()["macros/__init__.py"]
    unreadable = separate_macros({**clone(), "macros/__init__.py": b"def (:\n", "macros/fjord.py": b"fjord = 1\n"}, frozenset(MACROS))
    assert set(applied({}, unreadable)) == {"gammelt/macros/__init__.py", "gammelt/macros/fjord.py"}
    taken = init.replace(b"open_data, search,\n", b"open_data, search, units,\n")
    taken = taken.replace(b"from macros.news", b"from macros.fjord import units\nfrom macros.news")
    tree = {**clone(), "macros/__init__.py": taken, "macros/fjord.py": OWN_MACRO.encode()}
    move = separate_macros(tree, {*MACROS, "units"})
    assert "gammelt/macros/fjord.py" in move.changes and "hedder units" in "".join(move.tasks)
    shared = {**clone(), "macros/__init__.py": init + b"\n", "macros/quotes.py": clone()["macros/quotes.py"] + b"\n# Fjordby\n"}
    move = separate_macros(shared, frozenset(MACROS))
    assert applied({}, move).keys() == {"gammelt/macros/__init__.py", "gammelt/macros/quotes.py"}
    assert any("makroen rule kommer nu fra programmet" in task for task in move.tasks)


def test_changed_colors_come_on_top_and_into_documents() -> None:
    css = clone()[TOKENS].replace(b"--k-brand: #0c4a60;", b"--k-brand: #6b1f7b;").replace(b"--k-soft: #eef4f6;", b"--k-soft: #f5eef6;")
    dark = clone()["overrides/theme/tokens-dark.css"]
    move = separate_theme({**clone(), TOKENS: css})
    assert move.changes[OWN_TOKENS] == b":root { --k-brand: #6b1f7b; --k-soft: #f5eef6 }\n"
    assert yaml.safe_load(move.changes[BRAND_FILE] or b"") == {"colors": {"primary": "#6b1f7b"}}
    pale = clone()[TOKENS].replace(b"--k-brand: #0c4a60;", b"--k-brand: #eeeeee;")
    refused = separate_theme({**clone(), TOKENS: pale})
    assert BRAND_FILE not in refused.changes and "ikke ses tydeligt" in "".join(refused.tasks)
    darker = re.sub(rb"(--k-page: )[^;]+;", rb"\1#000102;", dark)
    assert b"prefers-color-scheme: dark" in (separate_theme({**clone(), "overrides/theme/tokens-dark.css": darker}).changes[OWN_TOKENS] or b"")


@pytest.mark.parametrize("path", [".gitlab-ci.yml", ".github/workflows/check.yml", ".pre-commit-config.yaml"])
def test_jobs_that_a_municipality_has_changed_are_kept_as_they_were(path: str) -> None:
    own = clone()[path].replace(b"python3 scripts/", b"MAIL=it@fjordby.dk python3 scripts/", 1)
    move = from_clone({**clone(), path: own}, PROGRAM)
    assert move.changes[f"gammelt/{path}"] == own and any(line.startswith(f"{path} er også i gammelt/{path}") for line in move.old)
    assert f"gammelt/{path}" not in from_clone(clone(), PROGRAM).changes


@pytest.mark.parametrize("path", [".gitlab-ci.yml", ".github/workflows/publish.yml"])
def test_what_waits_for_the_job_that_goes_is_told_of(path: str) -> None:
    waiting = clone()[path] + b"\nsend:\n  needs: [evidence, pages]\n  script:\n    - ./send.sh\n"
    move = with_installed_program({path: waiting})
    (task,) = move.tasks
    assert "venter på jobbet evidence" in task and "jobbet evidence er taget ud" in "".join(move.old)
    line = int(task.split(":")[1])
    assert (move.changes[path] or b"").decode().split("\n")[line - 1] == "  needs: [evidence, pages]"


@pytest.mark.parametrize("path", [".gitlab-ci.yml", ".github/workflows/own.yml"])
@pytest.mark.parametrize("text", ["python3 scripts/check.py\n", "jobs:\n    own:\n        steps:\n            - run: python3 scripts/check.py\n"])
def test_a_job_in_which_the_program_cannot_be_installed_is_told_of(path: str, text: str) -> None:
    move = with_installed_program({path: text.encode()})
    assert b"kanalstrategi check" in (move.changes[path] or b"")
    assert b"--require-hashes" in (move.changes[path] or b"") or "installér selv programmet" in "".join(move.tasks)


@pytest.mark.parametrize(
    "text", ["validation: &v {omitted_files: warn, absolute_links: warn, unrecognized_links: warn, anchors: warn}\nextra: *v\n", "plugins: &a [*a]\n"]
)
def test_settings_that_cannot_be_taken_apart_stay_as_they_are(text: str) -> None:
    move = without_program_settings(text.encode())
    assert move.changes == {} and "mkdocs.yml kan ikke læses" in move.tasks[0]


def test_the_registry_is_read_by_the_lines_of_its_parser() -> None:
    added = b'\n\x0c\nSPACE = "a\xe2\x80\xa8b"\n\n\nMACROS = '
    init = clone()["macros/__init__.py"].replace(b"\nMACROS = ", added).replace(b"Registry([\n", b"Registry([\n    fjord,\n")
    move = separate_macros({**clone(), "macros/__init__.py": init}, frozenset(MACROS))
    assert b'SPACE = "a\xe2\x80\xa8b"\n' in (move.changes["macros/__init__.py"] or b"")


def test_a_style_of_the_name_that_the_colors_get_is_kept() -> None:
    css = clone()[TOKENS].replace(b"--k-brand: #0c4a60;", b"--k-brand: #nothing;")
    move = separate_theme({**clone(), TOKENS: css, OWN_TOKENS: b".own { margin: 0 }\n"})
    assert move.changes[OWN_TOKENS] == b":root { --k-brand: #nothing }\n.own { margin: 0 }\n"
    assert BRAND_FILE not in move.changes and "ikke ses tydeligt" in "".join(move.tasks)


def test_of_a_changed_style_only_what_was_changed_comes_on_top() -> None:
    added = b".fjordby { color: var(--k-brand) }\n"
    css = clone()[FOOTER] + added
    move = separate_theme({**clone(), FOOTER: css})
    assert (move.changes[FOOTER], move.changes[f"gammelt/{FOOTER}"]) == (added, css)
    broken = css + b"# Fjordby\n"
    move = separate_theme({**clone(), FOOTER: broken})
    assert (move.changes[FOOTER], move.changes[f"gammelt/{FOOTER}"]) == (added, broken)
    removed = separate_theme({**clone(), FOOTER: b""})
    assert removed.changes[FOOTER] is None and "har programmet igen" in removed.old[0]


def test_a_site_with_the_wheel_of_its_program_gets_the_new_one_in_its_place() -> None:
    release = replace(PROGRAM.release, wheel_name="kanalstrategi-1.1.0-py3-none-any.whl", wheel=b"new")
    tree = {"program/kanalstrategi-1.0.0-py3-none-any.whl": b"old", "program/note.txt": b"x"}
    changes = moved_pins(tree, release).changes
    assert changes["program/kanalstrategi-1.0.0-py3-none-any.whl"] is None and changes[f"program/{release.wheel_name}"] == b"new"
    assert b"\n--find-links program\nkanalstrategi==1.1.0 " in (changes["requirements.txt"] or b"") and "program/note.txt" not in changes
    assert {*moved_pins({}, release).changes} == {"requirements.in", "requirements.txt"}


def test_a_lock_pins_the_program_with_all_that_it_needs() -> None:
    files = pin_files(PROGRAM.release)
    assert pinned_version(files["requirements.in"]) == pinned_version(files["requirements.txt"]) == "1.1.0"
    assert f"kanalstrategi==1.1.0 \\\n    --hash=sha256:{'a' * 64}\nbabel==2.18.0" in files["requirements.txt"].decode()
    assert pinned_version(b"kanalstrategi>=1\n") == ""


def test_versions_are_compared_as_numbers_and_what_lies_between_is_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert versions.parse_version("1.10.0") > versions.parse_version("1.9.9") and versions.parse_version("1.0rc1") is None
    for name in ("1.10.0", "1.9.0", "1.0.0", "2.0.0", "readme"):
        (tmp_path / f"{name}.md").write_text(f"Om {name}\n", encoding="utf-8")
    monkeypatch.setattr(versions, "_NOTES", tmp_path)
    assert versions.notes_between((1, 0, 0), (1, 10, 0)) == [("1.9.0", "Om 1.9.0"), ("1.10.0", "Om 1.10.0")]


def test_migrations_come_one_after_the_other_and_change_what_they_say() -> None:
    tree = {"docs/a.md": b"en\n", "docs/b.md": b"uden\n"}
    first = ("1.2.0", lambda files: Move({path: text.replace(b"en\n", b"to\n") for path, text in files.items() if text == b"en\n"}, own=("en",)))
    second = ("1.3.0", lambda files: Move({path: text.replace(b"to", b"tre") for path, text in files.items()}, tasks=("tre",)))
    assert versions.migrated(tree, [first, second]) == Move({"docs/a.md": b"tre\n"}, own=("en",), tasks=("tre",))


def test_every_version_says_what_readers_editors_and_it_will_notice() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notes = sorted((Path(versions.__file__).parent / "releases").iterdir())
    assert f"{project['version']}.md" in {file.name for file in notes}
    for file in notes:
        assert versions.parse_version(file.stem) and file.suffix == ".md"
        text = file.read_text(encoding="utf-8")
        assert [word for word in ("**Læsere**", "**Redaktører**", "**It-folk**") if word not in text] == []
    assert [name for name, _ in versions.migrations_between((0, 0), (10**6,))] == []  # none was needed yet: of each there is a test on a site


def test_the_difference_is_what_readers_would_notice() -> None:
    before = BuiltSite({"": ("Velkommen",), "a/": ("Et", "To"), "b/": ("Væk",)}, {"pdf/a.pdf": 3})
    after = BuiltSite({"": ("Velkommen",), "a/": ("Et", "Tre"), "c/": ("Ny",)}, {"pdf/a.pdf": 4})
    found = difference(before, after)
    assert (found.new, found.gone, found.changed, found.lengths, found.same) == (("c/",), ("b/",), {"a/": ("- To", "+ Tre")}, {"pdf/a.pdf": (3, 4)}, 1)
    assert in_short(found)[0] == "1 side har samme tekst som før." and "  /b/" in in_short(found)
    assert {"    - To", "    + Tre", "- `c/`", "- `pdf/a.pdf: før 3 sider, nu 4`"} <= {*in_full(found)}


def test_it_refuses_what_git_has_not_got(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Fjordby\n", encoding="utf-8")
    assert uncommitted_files(tmp_path) == []  # without git
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert upgrade.main(tmp_path, []) == 1
    assert "gem dem først (git commit)" in capsys.readouterr().err
    assert upgrade.main(tmp_path, ["--force"]) == 1
    assert "requirements.in siger ikke" in capsys.readouterr().err
    assert {file.name for file in tmp_path.iterdir()} == {".git", "mkdocs.yml"}


def test_nothing_is_kept_until_somebody_has_said_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    tree = {"mkdocs.yml": b"site_name: Fjordby\n"}
    (tmp_path / "mkdocs.yml").write_bytes(tree["mkdocs.yml"])
    move = Move({"requirements.in": b"kanalstrategi==1.1.0\n", "mkdocs.yml": None}, own=("macros/: jeres makro fjord",))
    same = BuiltSite({"": ("Velkommen",)}, {})
    plan = Plan("1.1.0", move, difference(same, same), "", (("1.1.0", "**Læsere**\n\n- Intet."),))
    for answer in (io.StringIO("ja\n"), _Terminal("nej\n"), _Terminal("")):
        monkeypatch.setattr("sys.stdin", answer)
        assert upgrade._keep(tmp_path, tree, "upgrade", plan, is_agreed=False) == 1
        assert [file.name for file in tmp_path.iterdir()] == ["mkdocs.yml"]
    told = capsys.readouterr().out
    assert told.count("Intet er ændret.") == 3 and "  macros/: jeres makro fjord" in told and "1 side har samme tekst som før." in told
    monkeypatch.setattr("sys.stdin", _Terminal("ja\n"))
    with pytest.raises(StepError, match="rettet disse filer imens"):
        upgrade._keep(tmp_path, {**tree, "mkdocs.yml": b"before"}, "upgrade", plan, is_agreed=True)
    assert [file.name for file in tmp_path.iterdir()] == ["mkdocs.yml"]
    assert upgrade._keep(tmp_path, tree, "upgrade", plan, is_agreed=False) == 0
    assert {file.name for file in tmp_path.iterdir()} == {".edition", "requirements.in", "opgradering.md"}
    assert upgrade.main(tmp_path, ["--undo"]) == 0
    assert {file.name for file in tmp_path.iterdir()} - {".edition"} == {"mkdocs.yml"}


def test_the_new_program_gets_to_know_what_version_the_site_is_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that runs may have been upgraded before the site: then the migrations up to its version have not come yet."""
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: Fjordby\n")
    (tmp_path / "requirements.in").write_bytes(b"kanalstrategi==1.0.0\n")
    said: list[str] = []
    monkeypatch.setattr(NewProgram, "run", lambda self, root, *arguments: said.extend(arguments) or 0)
    monkeypatch.setattr(upgrade, "read_wheel", lambda file: Wheel(file, "99.0.0", "", ""))
    monkeypatch.setattr(upgrade, "install", lambda wheel, folder: NewProgram("python"))
    monkeypatch.setattr(upgrade, "build_with", lambda python, folder: "")
    assert upgrade.main(tmp_path, ["--wheel", "x.whl"]) == 0
    assert said[said.index("--was") + 1] == "1.0.0"


def test_the_version_that_is_installed_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: Fjordby\n")
    version = installed_program().release.version
    (tmp_path / "requirements.in").write_text(f"kanalstrategi=={version}\n", encoding="utf-8")
    monkeypatch.setattr(upgrade, "fetch", lambda version, hash, folder: pytest.fail("it is installed"))
    assert upgrade.main(tmp_path, ["--to", version]) == 1
    assert "der er intet at gøre" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("git") is None, reason="without git there is nothing to ask")
def test_it_goes_no_further_when_git_will_not_say_what_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it will not in a folder of somebody else's, or a repository that is damaged."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "mkdocs.yml").write_text("site_name: Fjordby\n", encoding="utf-8")
    (tmp_path / ".git").write_text("gitdir: /findes/ikke\n", encoding="utf-8")
    assert upgrade.main(site, []) == 1
    told = capsys.readouterr().err
    assert told.startswith("git vil ikke sige, om der er ændringer") and "/findes/ikke" in told
    assert upgrade.main(site, ["--force"]) == 1
    assert "git vil ikke sige" not in capsys.readouterr().err


def test_options_that_contradict_each_other_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert upgrade.main(tmp_path, ["--to", "99.0.0", "--wheel", "x.whl"]) == 1
    assert "brug en af dem" in capsys.readouterr().err
    assert upgrade.main(tmp_path, ["--hash", "a" * 64]) == 1
    assert "skriv også udgaven" in capsys.readouterr().err


def _wheel(folder: Path, version: str = "99.0.0") -> tuple[Path, str]:
    """A wheel that says that it is a version of the program, and its digest."""
    folder.mkdir(exist_ok=True)
    file = folder / f"kanalstrategi-{version}-py3-none-any.whl"
    info = f"kanalstrategi-{version}.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: kanalstrategi\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
        archive.writestr("kanalstrategi/requirements.txt", "babel==2.18.0\n")
    return file, hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_version_is_fetched_with_the_hash_that_it_was_published_with_and_not_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, digest = _wheel(tmp_path / "index")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    (tmp_path / "fetched").mkdir()
    for hash, message in (("", "kan ikke hentes uden den hash"), ("sha256:abc", "er ikke en hash"), ("0" * 64, f"en anden hash, sha256:{digest}")):
        with pytest.raises(StepError, match=message):
            fetch("99.0.0", hash, tmp_path / "fetched")
    assert fetch("99.0.0", f"SHA256:{digest.upper()}", tmp_path / "fetched").digest == digest


def test_nothing_of_a_version_with_another_hash_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(b"site_name: Fjordby\n")
    (tmp_path / "requirements.in").write_bytes(b"kanalstrategi==1.0.0\n")
    wheel, _ = _wheel(tmp_path / "index")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    monkeypatch.setattr(upgrade, "install", lambda wheel, folder: pytest.fail("it is not the one that was published"))
    for named in (["--to", "99.0.0"], ["--to", "99.0.0", "--hash", f"sha256:{'0' * 64}"], ["--wheel", str(wheel), "--hash", "0" * 64]):
        assert upgrade.main(tmp_path, named) == 1
        assert "hash" in capsys.readouterr().err


def test_a_clone_goes_to_the_version_that_is_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("kanalstrategi/__init__.py", "macros/__init__.py", "overrides/theme/main.html", "mkdocs.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    wheel, digest = _wheel(tmp_path / ".venv")
    for named in (["--to", "99.0.0", "--hash", "a" * 64], ["--wheel", str(wheel)], ["--wheel", str(wheel), "--hash", f"sha256:{digest}"]):
        assert upgrade.main(tmp_path, named) == 1
        assert "installér 99.0.0, og kør kommandoen fra den" in capsys.readouterr().err
    assert upgrade.main(tmp_path, ["--wheel", str(wheel), "--hash", "a" * 64]) == 1
    assert "har en anden hash" in capsys.readouterr().err


def test_files_whose_names_cannot_be_written_down_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mkdocs.yml").touch()
    try:
        (tmp_path / os.fsdecode(b"sk\xf8n.txt")).touch()
    except OSError:
        pytest.skip("this file system has no such names")
    assert upgrade.main(tmp_path, []) == 1
    assert capsys.readouterr().err == "disse filer har tegn i navnet, som ikke er UTF-8, så de kan ikke skrives ned – giv dem et andet navn\n  sk\ufffdn.txt\n"


class _Terminal(io.StringIO):
    """A terminal at which somebody types."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@pytest.mark.parametrize("path", ["../ude.md", ".git/hooks/pre-commit", "docs/../.git/config", ".venv/bin/python", ".GIT/config", ".", ""])
def test_what_an_upgrade_takes_back_lies_in_the_site(tmp_path: Path, path: str) -> None:
    assert not step_files.UPGRADE.may_change(tmp_path, path)
    assert step_files.UPGRADE.may_change(tmp_path, "kanalstrategi/ny.py")


def test_nothing_is_written_through_a_link_that_leads_out_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/gammelt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StepError, match="fører uden for hjemmesidens mappe"):
        step_files.take_step(tmp_path / "site", "upgrade", {"gammelt/note.txt": b"x"}, step_files.UPGRADE)
    assert [*(tmp_path / "elsewhere").iterdir()] == [] and [file.name for file in (tmp_path / "site").iterdir()] == ["gammelt"]


def test_a_file_that_is_not_the_program_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kanalstrategi-1.2.0-py3-none-any.whl"
    file.write_bytes(b"ingen")
    with pytest.raises(StepError, match="er ikke programmet som wheel-fil"):
        read_wheel(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("kanalstrategi-1.2.0.dist-info/METADATA", "Name: kanalstrategi\nVersion: 1.2.0\n")
        archive.writestr("kanalstrategi/requirements.txt", "babel==2.18.0\n")
    assert (read_wheel(file).version, read_wheel(file).lock) == ("1.2.0", "babel==2.18.0\n")
    whole = file.read_bytes()
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x01\x02", 10)):  # says that it is encrypted, or compressed by an unknown method
        start = whole.index(mark) + place
        file.write_bytes(whole[:start] + b"\x61" + whole[start + 1 :])
        with pytest.raises(StepError, match="er ikke programmet som wheel-fil"):
            read_wheel(file)


def test_a_clone_gets_the_wheel_of_the_program_which_no_index_may_have() -> None:
    release = replace(PROGRAM.release, wheel_name="kanalstrategi-1.1.0-py3-none-any.whl", wheel=b"new")
    changes = from_clone(clone(), replace(PROGRAM, release=release)).changes
    assert changes[f"program/{release.wheel_name}"] == b"new" and b"--find-links program\n" in (changes["requirements.txt"] or b"")
