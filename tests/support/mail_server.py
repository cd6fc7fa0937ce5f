"""A mail server on loopback, with TLS and login, that takes mail in or refuses it as a test says."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "kanal", "hemmelig"
HOST = "localhost"


@dataclass
class Mailbox:
    """What a server has accepted, and what it refuses."""

    environment: Mapping[str, str] = field(default_factory=dict)
    """The settings by which our program reaches it."""
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Each accepted mail, with the address of its receiver on the envelope."""
    raw: list[bytes] = field(default_factory=list)
    """The same mails as they came."""
    refused: set[str] = field(default_factory=set)
    """The addresses that it refuses."""
    drops: set[str] = field(default_factory=set)
    """The addresses whose mail makes it close the connection, after all of the mail has come and before it is accepted."""
    busy: bool = False
    """Whether it puts every mail off, as greylisting does."""
    logins: list[bool] = field(default_factory=list)
    """For each connection with a login, whether it was encrypted."""

    @property
    def receivers(self) -> list[str]:
        """The addresses of the accepted mails."""
        return [receiver for receiver, _ in self.mails]

    def mail_to(self, receiver: str) -> EmailMessage:
        """Return the only mail to an address."""
        (found,) = [mail for to, mail in self.mails if to == receiver]
        return found

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if address in self.refused:
            return "550 5.1.1 \x1b[31mno such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (receiver,) = envelope.rcpt_tos
        if self.busy:
            return "451 4.7.1 come back later"
        if receiver in self.drops:
            server.transport.abort()
            return "421 gone"
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        mail = message_from_bytes(content, policy=POLICY)
        assert isinstance(mail, EmailMessage)
        self.mails.append((receiver, mail))
        return "250 accepted"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Accept the one login that there is."""
        self.logins.append(session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None)
        return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def mail_server(folder: Path, *, is_implicit: bool = False, name: str = HOST, offers_tls: bool = True) -> Iterator[Mailbox]:
    """Run a server until the end of the block. `name` is in its certificate, and `folder` gets that of the authority."""
    authority, port = trustme.CA(), _free_port()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    mailbox = Mailbox(environment={
        "SMTP_HOST": HOST, "SMTP_PORT": str(port), "SMTP_USER": USER, "SMTP_PASSWORD": PASSWORD,
        "SMTP_SECURITY": "tls" if is_implicit else "starttls", "SSL_CERT_FILE": str(folder / "ca.pem"),
        "MAIL_FROM": "Kanalstrategien <web@by.dk>", "SITE_URL": "https://example.org/under/path/",
    })  # fmt: skip - laid out by hand, as a table
    login: dict[str, Any] = {"authenticator": mailbox.authenticate, "auth_required": True, "auth_require_tls": not is_implicit and offers_tls}
    tls: dict[str, Any] = {"ssl_context": context} if is_implicit else {"tls_context": context, "require_starttls": True} if offers_tls else {}
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **tls, **login)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
