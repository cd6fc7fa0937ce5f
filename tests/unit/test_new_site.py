"""What is answered about a municipality is untrusted: it is refused in Danish with its line, or the site says it as it was typed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kanalstrategi.cli import new_page, new_site
from kanalstrategi.cli.site_answers import from_keyboard
from kanalstrategi.content.pins import Release
from kanalstrategi.content.project import read_project
from kanalstrategi.danish.slugs import slug
from kanalstrategi.diagnostics import Diagnostic
from kanalstrategi.markdown.front_matter import parse_front_matter
from kanalstrategi.markdown.parser import parse
from kanalstrategi.starter.answer_file import KEYS, read_answers
from kanalstrategi.starter.answers import Answers, NewDepartment, NewOwner
from kanalstrategi.starter.checked import AnswerError, file_name_answer, text_answer
from kanalstrategi.starter.questions import ask_all
from kanalstrategi.starter.site_files import site_files
from kanalstrategi.starter.text import yaml_text
from tests.support.project import DATA

TODAY = date(2026, 1, 1)
FJORDBY = DATA / "starter/fjordby.yml"
NASTY = (
    "- Fjord: {by}",
    'Det "store" by\'s # 1',
    "{{ search() }}",
    "{% raw %} {# x #}",
    "x #} {{ search() }}",
    "$title $$",
    "# Titel #",
    "1. by",
    "nej: [a",
    "--- x",
    "*a* _b_ <b>c</b> &amp; \\x",
    "a|b",
    "!ENV x",
)
PROGRAM = Release("1.0.0", "", "")
SMALL = Answers("Fjordby", channels=("Telefon",), departments=(NewDepartment("Havnen"),))


def answered(text: str, name: str = "Fjordby Kommune") -> tuple[Answers, list[str]]:
    """Return the answers in a file with a text, and what is wrong with it."""
    found: list[Diagnostic] = []
    return read_answers("answers.yml", text.encode("utf-8", "surrogatepass"), name, found), [*map(str, found)]


def written(folder: Path, answers: Answers) -> Path:
    new_site.make_site(folder, site_files(answers, None, TODAY, PROGRAM))  # which raises for whatever the check would find
    return folder


def test_a_file_with_everything_is_read() -> None:
    answers, problems = answered(FJORDBY.read_text(encoding="utf-8"))
    assert problems == []
    assert set(yaml.safe_load(FJORDBY.read_text(encoding="utf-8"))) | {"strategy"} == {*KEYS}  # the file shows all of them but one
    assert len(answers.channels) == 7 and len(answers.departments) == 12
    assert [one.name for one in answers.departments if one.units] == ["Skoler", "Dagtilbud"]
    assert answers.settings.rule_leads == ("Vi vil",) and answers.settings.words.department.one == "afdeling"
    assert answers.owners[0] == NewOwner("kommunikation", "Kommunikation", "12 34 56 78", "kommunikation@fjordby.example")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kanaler: [Telefon]", "answers.yml:1: kanaler kendes ikke – kendte navne er name, title"),
        ("\ncolors:\n  primry: red", "answers.yml:3: primry kendes ikke – mente du primary?"),
        ("name: Skovlund", "answers.yml:1: kommunen hedder »Skovlund« her og »Fjordby Kommune« på kommandolinjen – skriv det samme begge steder"),
        ("channels: []", "answers.yml:1: channels er ikke en liste – skriv hver kanal på sin egen linje"),
        ("channels:\n  - Telefon\n  - '<b>'", "answers.yml:3: »<b>« kan ikke bruges som navn – brug bogstaver, tal og mellemrum, højst 60 tegn"),
        ("channels: [Båd, Baad]", "answers.yml:1: »Baad« og »Båd« får den samme adresse – giv den ene et andet navn"),
        ("departments:\n  - units: [a]", "answers.yml:2: afdelingen har intet navn – skriv `name: …`"),
        ("departments:\n  - name: Skoler\n    units: [Skoler]", "answers.yml:1: »Skoler« og »Skoler« får den samme adresse"),
        ("owners:\n  Staben: {name: Staben}", "answers.yml:2: den ansvarlige kan ikke have det korte navn Staben – brug små bogstaver"),
        ("owners:\n  stab: {navn: Staben, name: S}", "answers.yml:2: navn kendes ikke – kendte navne er name, phone"),
        ("owners: {stab: {name: Staben, email: stab}}", "answers.yml:1: »stab« er ikke en e-mailadresse"),
        ("owners: {stab: {name: Staben, phone: 'ring!'}}", "answers.yml:1: »ring!« er ikke et telefonnummer"),
        ("shape: {words: {strategi: politik}}", "answers.yml:1: shape.words.strategi kendes ikke – mente du strategy?"),
        ("statement: http://x.example", "answers.yml:1: »http://x.example« er ikke en adresse, der begynder med https://"),
        ("title: [x]", 'answers.yml:1: title er ikke tekst – skriv teksten i anførselstegn: "…"'),
        ("title: yes", 'answers.yml:1: title er ikke tekst – skriv teksten i anførselstegn: "…"'),
        ("title: 'x\u202ey'", "answers.yml:1: linjen indeholder et usynligt tegn (U+202E)"),
        ('title: "x\\u202ey"', "answers.yml:1: linjen indeholder et usynligt tegn (U+202E)"),
        ("title: {", "answers.yml:1: opsætningen kan ikke læses"),
        ("title: " + "[" * 5000, "answers.yml:1: opsætningen kan ikke læses, for den har lister i lister"),
        ("x" * 100_001, "answers.yml:1: filen fylder over 100 kB"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(text: str, problem: str) -> None:
    problems = answered(text)[1]
    assert any(one.startswith(problem) for one in problems), problems


def test_a_file_that_names_the_same_lists_again_and_again_is_read_at_once() -> None:
    text = "".join(f"{key}: &{key} [{', '.join([one] * 3000)}]\n" for key, one in (("a", "x"), ("b", "*a"), ("channels", "*b")))
    assert any("channels.1 er ikke tekst" in problem for problem in answered(text)[1])


def test_a_path_below_the_home_of_nobody_is_no_file(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("builtins.input", Keyboard("", "", "", "~nobody-of-that-name/strategi.docx").ask)
    with pytest.raises(AnswerError, match="afbrudt"):
        from_keyboard("Fjordby")
    assert "strategi.docx findes ikke" in capsys.readouterr().out


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "name", "units", "x"]), inner, max_size=3),
        max_leaves=12,
    )
)
@settings(max_examples=150)
def test_no_file_ends_in_a_traceback(value: object) -> None:
    answered(yaml.safe_dump(value, allow_unicode=True))


@given(st.text(max_size=30), st.sampled_from(["name", "title"]))
@example("Aa\nBb", "name")
@example('Ærø’s "fjord"', "title")
@settings(max_examples=200)
def test_a_text_is_refused_or_said_as_typed(typed: str, field: str) -> None:
    try:
        text = text_answer(typed)
    except AnswerError as error:
        assert " – " in str(error)
        return
    files = site_files(replace(SMALL, **{field: text}), None, TODAY, PROGRAM)  # type: ignore[arg-type]  # a field with a text
    config = yaml.safe_load(files["mkdocs.yml"].replace(b"!ENV ", b""))
    said = config["extra"]["organisation"] if field == "name" else config["extra"]["documents"]["samlet"]["title"].removesuffix(", samlet udgave")
    assert said == text == " ".join(text.split())
    assert yaml.safe_load(f"x: {yaml_text(text)}") == {"x": text}
    front = parse_front_matter(files["docs/index.md"].decode())
    assert not front.errors and not front.diagnostics


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_name_gives_a_site_without_a_problem_that_says_it(text: str, tmp_path: Path) -> None:
    site = written(tmp_path / "site", replace(SMALL, name=text, title=text, owners=(NewOwner("stab", text),)))
    content = read_project(site, os.environ).content
    assert (content.organisation.name, content.pages["index.md"].title, content.organisation.owners["stab"].name) == (text, text, text)


@pytest.mark.parametrize("lead", NASTY)
def test_nothing_that_announces_rules_is_more_than_words(lead: str, tmp_path: Path) -> None:
    """On a channel's page it stands in a comment, which must not end there."""
    answers, problems = answered(yaml.safe_dump({"shape": {"rule_leads": [lead]}, "channels": ["Telefon"]}))
    site = written(tmp_path / "site", answers)
    said = [(call.name, call.line) for call in parse((site / "docs/kanaler/telefon.md").read_text(encoding="utf-8")).calls]
    usual = written(tmp_path / "usual", SMALL)
    assert problems == [] and said == [(call.name, call.line) for call in parse((usual / "docs/kanaler/telefon.md").read_text(encoding="utf-8")).calls]
    assert read_project(site, os.environ).content.pages["kanaler/telefon.md"].description == "Telefon – hvad kanalen bruges til, og hvad der gælder for den."


@pytest.mark.parametrize("key", ["logo", "strategy"])
def test_a_file_of_answers_names_no_file_outside_its_folder(key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may come from somebody else, and what it names is published."""
    folder = tmp_path / "answers"
    folder.mkdir()
    suffix = ".svg" if key == "logo" else ".docx"
    (tmp_path / f"hemmelig{suffix}").write_bytes(b"x")
    (folder / f"genvej{suffix}").symlink_to(tmp_path / f"hemmelig{suffix}")
    for path in (f"../hemmelig{suffix}", str(tmp_path / f"hemmelig{suffix}"), f"genvej{suffix}"):
        (folder / "svar.yml").write_text(f"{key}: {path}\n", encoding="utf-8")
        assert new_site.main(["Fjordby", str(tmp_path / "site"), "--from", str(folder / "svar.yml")]) == 1
        assert f"svar.yml: {path} ligger ikke i samme mappe – læg den i mappen med svarene" in capsys.readouterr().err


@given(st.text(max_size=70))
@example("../x")
@example("con")
@example("index")
def test_a_file_gets_the_name_that_the_house_gives_it_or_none(typed: str) -> None:
    try:
        name = file_name_answer(typed)
    except AnswerError:
        return
    files = site_files(replace(SMALL, channels=(name,), departments=(NewDepartment("Havnen", (name,)),)), None, TODAY, PROGRAM)
    assert f"docs/kanaler/{slug(name)}.md" in files and f"docs/retningslinjer/{slug(name)}.md" in files
    assert all(re.fullmatch(r"[\w./-]+", path, re.ASCII) and ".." not in path for path in files)


def test_the_front_page_shows_the_pages_of_folders_with_other_names(tmp_path: Path) -> None:
    answers, problems = answered("shape: {folders: {strategy: politik, channels: veje, guidelines: afdelinger}}\nchannels: [Telefon]\n")
    site = written(tmp_path / "site", answers)
    content = read_project(site, os.environ).content
    shown = re.findall(r'cards\("(.+?)"\)', (site / "docs/index.md").read_text(encoding="utf-8"))
    assert problems == [] and shown == ["politik", "veje"]
    assert {*shown} <= {page.section for page in content.pages.values() if not page.is_index}


@pytest.mark.parametrize(("kind", "folder"), [("answer", "svar"), ("action", "procesplan"), ("material", "materiale"), ("department", "retningslinjer")])
def test_the_first_page_of_a_kind_finds_its_place_in_the_menu(kind: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path / "fjordby", SMALL)
    assert not any(path.startswith(f"{folder}/det-nye") for path in read_project(site, {}).content.organisation.order)
    assert new_page.main(site, [kind, "Det nye?" if kind == "answer" else "Det nye"]) == 0
    assert "menu" not in capsys.readouterr().out
    assert f"{folder}/det-nye.md" in read_project(site, {}).content.organisation.order


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/brev.txt").write_text("x", encoding="utf-8")
    assert new_site.main(["Fjordby", str(tmp_path / "site"), "--yes"]) == 1
    assert "er ikke tom" in capsys.readouterr().err
    assert [file.name for file in tmp_path.rglob("*")] == ["site", "brev.txt"]


def test_nothing_is_left_of_a_site_that_the_check_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answers.yml").write_text('colors: {primary: "#ffff00"}\n', encoding="utf-8")
    assert new_site.main(["Fjordby", str(tmp_path / "site"), "--from", str(tmp_path / "answers.yml")]) == 1
    told = capsys.readouterr().err
    assert "primary (#ffff00) har kontrasten" in told and told.endswith("Intet er skrevet.\n")
    assert [file.name for file in tmp_path.iterdir()] == ["answers.yml"]


def test_an_empty_folder_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And stays the one that it is: somebody stands in it, or it is a volume of a container, which cannot be replaced."""
    folder = tmp_path / "Fjordby Kommune"
    folder.mkdir()
    number = folder.stat().st_ino
    assert new_site.main(["Fjordby", str(folder), "--yes"]) == 0
    assert (folder / "mkdocs.yml").is_file() and folder.stat().st_ino == number
    assert not [file for file in folder.iterdir() if file.name.startswith(f".{folder.name}")] and [*tmp_path.iterdir()] == [folder]
    assert f"  cd '{folder}'\n" in capsys.readouterr().out


class Keyboard:
    """Somebody who types these lines, whatever is asked."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.asked: list[str] = []
        self.told: list[str] = []

    def ask(self, question: str) -> str:
        self.asked.append(question)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    def answers(self) -> Answers:
        return ask_all("Fjordby", self.ask, self.told.append, lambda answers: "for lys" if answers.primary == "gul" else "", lambda path: path)


def test_enter_takes_every_default() -> None:
    assert Keyboard(*[""] * 20).answers() == Answers("Fjordby")


def test_each_question_is_asked_until_its_answer_can_be_used() -> None:
    words = ("#F2C500", "politik", "afdeling", "", "", "")  # the first of these is no word
    owner = ("Staben", "ring!", "12345678", "")
    keyboard = Keyboard(*words, "Telefon; Chat og sms", "Skoler: Byskolen, Havneskolen; Havnen", *owner, "gul", "blå", "", "", "")
    answers = keyboard.answers()
    assert answers.channels == ("Telefon", "Chat og sms")
    assert answers.departments == (NewDepartment("Skoler", ("Byskolen", "Havneskolen")), NewDepartment("Havnen"))
    assert answers.shape == {"words": {"strategy": "politik", "department": "afdeling"}} and not answers.title
    assert answers.owners == (NewOwner("staben", "Staben", "12345678"),) and answers.primary == "blå"
    assert [told.partition(" – ")[0] for told in keyboard.told[1:]] == ["»#F2C500« er ikke ét ord", "»ring!« er ikke et telefonnummer", "for lys"]
    assert any("Hvilke afdelinger" in question for question in keyboard.asked)


def test_the_forms_of_a_word_that_the_program_does_not_know_are_asked_for() -> None:
    forms = ("klynge, klyngen", "en klynge, klyngen, klynger, klyngerne")  # the first of these is not all of them
    keyboard = Keyboard("", "skolekreds?", "klynge", *forms, *[""] * 20)
    answers = keyboard.answers()
    assert answers.settings.words.say("Fagområderne") == "Klyngerne"
    assert [told.partition(" – ")[0] for told in keyboard.told[1:]] == ["»skolekreds?« er ikke ét ord", "skriv en eller et og de fire former med komma mellem"]
    assert any("Hvilke klynger skal have" in question for question in keyboard.asked)


def test_another_word_can_be_chosen_instead_of_typing_its_forms() -> None:
    assert Keyboard("", "klynge", "", "center", *[""] * 20).answers().shape == {"words": {"department": "center"}}


def test_nothing_is_made_when_nobody_answers_any_more() -> None:
    with pytest.raises(EOFError):
        Keyboard("").answers()
