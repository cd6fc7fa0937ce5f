"""`scripts/remind.py`, against a real mail server on loopback with TLS and login: one right mail each, nothing lost, nothing doubled."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kanalstrategi.cli.main import COMMANDS
from tests.support.mail_server import PASSWORD, Mailbox, mail_server
from tests.support.project import Project
from tests.support.reminded_project import remind_on, reminded_project

SOON, LATE, NEXT_DAY = "2025-12-10", "2026-01-02", "2026-01-03"
Send = Callable[[str], int]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return reminded_project(tmp_path / "project")


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server(tmp_path) as mailbox:
        for name, value in mailbox.environment.items():
            monkeypatch.setenv(name, value)
        yield mailbox


@pytest.fixture
def send(project: Project, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Send:
    return lambda day: remind_on(day, project, monkeypatch, "--send")


def memory(project: Project) -> dict[str, dict[str, dict[str, str]]]:
    return json.loads((project.root / "records/reminders.json").read_bytes())["owners"]


# What arrives


def test_each_owner_gets_one_right_mail(send: Send, mailbox: Mailbox, capsys: Captured) -> None:
    assert send(SOON) == 0
    assert mailbox.receivers == ["hus@by.dk", "skole@by.dk"]  # the library has nothing to do before 2030
    assert set(mailbox.logins) == {True}
    mail = mailbox.mail_to("hus@by.dk")
    assert mail["Subject"] == "Kanalstrategien: 5 opgaver til jer"
    assert (mail["From"], mail["To"]) == ("Kanalstrategien <web@by.dk>", "Huset <hus@by.dk>")
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"], mail["Content-Language"]) == ("auto-generated", "All", "da")
    assert mail["Date"].datetime.date().isoformat() == SOON
    text = mail.get_content()
    assert "Fristen er inden for 30 dage" in text and "* Evaluér strategien" in text.splitlines()
    assert "Fristen er den 31. december 2025." in text and "https://example.org/under/path/strategi/formaal/" in text
    assert "https://example.org/under/path/opfoelgning/#hus" in text and "https://example.org/under/path/opfoelgning/hus.ics" in text
    assert "Du får denne mail, fordi Huset står som ansvarlig" in text and "skriv til web@by.dk" in text and "slette jeres mailadresse" in text
    assert mailbox.mail_to("skole@by.dk")["To"].addresses[0].display_name == "Skole & Æbler"
    said = capsys.readouterr().out
    assert "Den tavse har ingen e-mail" in said and "skriv `email: …` under tavs i mkdocs.yml" in said
    assert said.endswith("2 ansvarlige har fået besked.\n")


def test_a_mail_is_plain_text_in_short_lines(send: Send, mailbox: Mailbox) -> None:
    send(SOON)
    for raw, (_, mail) in zip(mailbox.raw, mailbox.mails, strict=True):
        assert raw.isascii() and max(map(len, raw.split(b"\r\n"))) <= 78 and b"\n" not in raw.replace(b"\r\n", b"")
        assert (mail.get_content_type(), mail.get_content_charset(), mail["Content-Transfer-Encoding"]) == ("text/plain", "utf-8", "quoted-printable")
        assert all(len(line) < 78 or "https://" in line for line in mail.get_content().splitlines())


def test_the_next_day_nothing_is_sent_and_nothing_is_written(send: Send, mailbox: Mailbox, project: Project) -> None:
    send(SOON)
    file = project.root / "records/reminders.json"
    before, mailbox.mails[:] = file.read_bytes(), []
    assert send("2025-12-11") == 0
    assert mailbox.mails == [] and file.read_bytes() == before


def test_a_changed_state_is_told_and_what_stays_overdue_is_repeated(send: Send, mailbox: Mailbox) -> None:
    send(SOON)
    mailbox.mails.clear()
    assert send(LATE) == 0 and mailbox.receivers == ["hus@by.dk"]
    assert "Fristen er overskredet" in mailbox.mail_to("hus@by.dk").get_content()
    mailbox.mails.clear()
    for day in (NEXT_DAY, "2026-01-20", "2026-01-31"):
        send(day)
    assert mailbox.mails == []
    assert send("2026-02-01") == 0 and mailbox.receivers == ["hus@by.dk", "skole@by.dk"]
    assert mailbox.mail_to("hus@by.dk")["Subject"] == "Kanalstrategien: 5 ting er stadig over fristen"
    deputy = mailbox.mail_to("skole@by.dk")
    assert deputy["Subject"] == "Kanalstrategien: 5 ting venter hos andre"
    text = deputy.get_content()
    assert "Venter hos andre, som du er stedfortræder for" in text and "* Huset: Gennemgå " in text and "- Formål: https://" in text
    mailbox.mails.clear()
    send("2026-02-02")
    assert mailbox.mails == []


def test_fewer_open_decisions_are_no_news_and_more_are(send: Send, mailbox: Mailbox, project: Project) -> None:
    send(SOON)
    mailbox.mails.clear()
    page = "docs/retningslinjer/skoler.md"
    project.replace(page, "- [ ] Svar: Hvem?", "- [x] Svar: Os.")
    send("2025-12-11")
    assert mailbox.mails == []
    project.replace(page, "- [x] Svar: Os.", "- [ ] Svar: Hvem?")
    send("2025-12-12")
    assert mailbox.receivers == ["skole@by.dk"] and "2 åbne beslutninger" in mailbox.mail_to("skole@by.dk").get_content()


def test_what_was_done_is_news_when_it_comes_up_again(send: Send, mailbox: Mailbox, project: Project) -> None:
    send(SOON)
    project.replace("docs/strategi/formaal.md", "review_by: 2025-12-31", "review_by: 2026-12-31")
    send("2025-12-11")
    assert "review/strategi/formaal" not in memory(project)["hus"]
    mailbox.mails.clear()
    project.replace("docs/strategi/formaal.md", "review_by: 2026-12-31", "review_by: 2025-12-31")
    send("2025-12-12")
    assert mailbox.mail_to("hus@by.dk")["Subject"] == "Kanalstrategien: 1 opgave til jer"


def test_tls_from_the_first_byte_works_too(tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server(tmp_path, is_implicit=True) as mailbox:
        for name, value in mailbox.environment.items():
            monkeypatch.setenv(name, value)
        assert remind_on(SOON, project, monkeypatch, "--send") == 0
        assert mailbox.receivers == ["hus@by.dk", "skole@by.dk"] and set(mailbox.logins) == {True}


# What goes wrong


def test_an_owner_whose_address_is_refused_does_not_stop_the_others(send: Send, mailbox: Mailbox, capsys: Captured) -> None:
    mailbox.refused.add("hus@by.dk")
    assert send(SOON) == 1 and mailbox.receivers == ["skole@by.dk"]
    error = capsys.readouterr().err
    assert error.startswith("Huset: mailserveren afviste modtageren: 550 5.1.1 ") and "\x1b" not in error
    mailbox.refused.clear()
    assert send(SOON) == 0 and mailbox.receivers == ["skole@by.dk", "hus@by.dk"]


def test_a_connection_that_drops_loses_nothing_and_doubles_nothing(send: Send, mailbox: Mailbox, capsys: Captured) -> None:
    mailbox.drops.add("hus@by.dk")
    assert send(SOON) == 1 and mailbox.receivers == ["skole@by.dk"]  # by a new connection
    assert "forbindelsen til mailserveren blev afbrudt" in capsys.readouterr().err
    mailbox.drops.clear()
    assert send("2025-12-11") == 0 and mailbox.receivers == ["skole@by.dk", "hus@by.dk"]


def test_a_mail_that_is_sent_again_has_the_same_id_and_any_other_another(send: Send, mailbox: Mailbox, project: Project) -> None:
    send(SOON)
    first = mailbox.mail_to("hus@by.dk")["Message-ID"]
    (project.root / "records/reminders.json").unlink()  # as after a crash between the server's answer and what was written
    mailbox.mails.clear()
    send("2025-12-11")
    assert mailbox.mail_to("hus@by.dk")["Message-ID"] == first
    mailbox.mails.clear()
    send(LATE)
    assert mailbox.mail_to("hus@by.dk")["Message-ID"] != first


def test_a_server_that_is_busy_is_asked_again_the_next_day(send: Send, mailbox: Mailbox, project: Project) -> None:
    mailbox.busy = True
    assert send(SOON) == 1 and mailbox.mails == [] and memory(project) == {}
    mailbox.busy = False
    assert send("2025-12-11") == 0 and mailbox.receivers == ["hus@by.dk", "skole@by.dk"]


def test_a_server_that_is_down_loses_nothing(send: Send, mailbox: Mailbox, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with monkeypatch.context() as patch:
            patch.setenv("SMTP_PORT", str(closed.getsockname()[1]))
            assert send(SOON) == 1 and memory(project) == {}
    assert send("2025-12-11") == 0 and len(mailbox.mails) == 2


WRONG = {
    "password": ({"SMTP_PASSWORD": "forkert"}, "mailserveren afviste SMTP_USER og SMTP_PASSWORD: 535"),
    "unknown authority": ({"SSL_CERT_FILE": "/dev/null"}, "mailserverens certifikat kan ikke godkendes"),
    "another name": ({"SMTP_HOST": "127.0.0.1"}, "mailserverens certifikat kan ikke godkendes"),
    "no encryption": ({"SMTP_SECURITY": "none"}, "SMTP_SECURITY kan ikke være none – skriv starttls eller tls"),
    "no host": ({"SMTP_HOST": ""}, "SMTP_HOST er ikke sat"),
    "no such host": ({"SMTP_HOST": "x" * 70 + ".invalid"}, "svarer ikke som ventet"),
    "half a login": ({"SMTP_USER": ""}, "SMTP_USER og SMTP_PASSWORD hører sammen"),
    "odd password": ({"SMTP_PASSWORD": "rødgrød"}, "kan kun have tegn uden accenter"),
    "odd port": ({"SMTP_PORT": "25a"}, "SMTP_PORT kan ikke være 25a"),
    "no sender": ({"MAIL_FROM": ""}, "MAIL_FROM er ikke en adresse"),
    "sender with a head": ({"MAIL_FROM": "a@b.dk\nBcc: c@d.dk"}, "MAIL_FROM er ikke en adresse"),
    "odd answers": ({"MAIL_REPLY_TO": "hvem"}, "MAIL_REPLY_TO er ikke en adresse"),
    "nowhere": ({"SITE_URL": "http://localhost:8000/"}, "sæt SITE_URL"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_settings_send_nothing_and_say_why(case: str, send: Send, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    settings, words = WRONG[case]
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert send(SOON) == 1 and mailbox.mails == []
    said = capsys.readouterr()
    assert words in said.err and PASSWORD not in said.err + said.out


def test_nothing_is_sent_where_the_server_does_not_encrypt(tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    with mail_server(tmp_path, offers_tls=False) as mailbox:
        for name, value in mailbox.environment.items():
            monkeypatch.setenv(name, value)
        assert remind_on(SOON, project, monkeypatch, "--send") == 1
        assert (mailbox.mails, mailbox.logins) == ([], []) and "tilbyder ikke kryptering" in capsys.readouterr().err


DAMAGED = [b"{", b"[]", b'{"owners": {"hus": {"x": 3}}}', b'{"owners": {"hus": {"x": {"state": "nope"}}}}', b"[" * 99999, b"x" * 5_000_001]


@pytest.mark.parametrize("damage", DAMAGED, ids=lambda damage: damage[:20].decode())
def test_a_damaged_memory_sends_nothing(damage: bytes, send: Send, mailbox: Mailbox, project: Project, capsys: Captured) -> None:
    (project.root / "records").mkdir()
    (project.root / "records/reminders.json").write_bytes(damage)
    assert send(SOON) == 1 and mailbox.mails == []
    assert capsys.readouterr().err.startswith("records/reminders.json:1: det, der er sagt før, kan ikke læses – hent den igen")
    assert (project.root / "records/reminders.json").read_bytes() == damage


# Without a server


def test_without_arguments_nothing_is_sent_or_written(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert remind_on(SOON, project, monkeypatch) == 0 and not (project.root / "records").exists()
    said = capsys.readouterr().out
    assert said.startswith("Prøve: intet er sendt.")
    assert "Huset <hus@by.dk>: Kanalstrategien: 5 opgaver til jer" in said
    assert "  - Gennemgå siden: Formål (31. december 2025): skal gennemgås" in said
    (project.root / "records").mkdir()
    (project.root / "records/reminders.json").write_bytes(b"{")
    assert remind_on(SOON, project, monkeypatch) == 0


def test_mails_can_be_files_and_are_remembered(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MAIL_FROM": "web@by.dk", "SITE_URL": "https://example.org/"}.items():
        monkeypatch.setenv(name, value)
    assert remind_on(SOON, project, monkeypatch, "--folder", str(tmp_path / "mails")) == 0
    files = {file.name: file.read_bytes() for file in (tmp_path / "mails").iterdir()}
    assert sorted(files) == ["hus.eml", "skole.eml"] and b"Subject: Kanalstrategien: 5 opgaver til jer\r\n" in files["hus.eml"]
    (tmp_path / "mails/hus.eml").unlink()
    assert remind_on("2025-12-11", project, monkeypatch, "--folder", str(tmp_path / "mails")) == 0
    assert not (tmp_path / "mails/hus.eml").exists()


def test_the_package_s_command_knows_it() -> None:
    assert "remind" in COMMANDS
