"""Hands mails to a mail server by SMTP, always encrypted, as the environment says."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType

from kanalstrategi.diagnostics import printable

SECURITY_KINDS = ("starttls", "tls")
"""What SMTP_SECURITY can be: encrypted once the server has answered, or from the first byte."""
_PORTS = {"starttls": 587, "tls": 465}
_SECONDS = 30.0
"""How long the server may take to answer."""
_UNENCRYPTED = "serveren tilbyder ikke kryptering (STARTTLS) – prøv SMTP_SECURITY=tls og port 465, eller spørg dem, der har den"


class MailServerError(Exception):
    """The server cannot be used at all. The message is in Danish, with what to do."""


class MailRefusedError(Exception):
    """One mail has not been accepted; others may be. The message is in Danish."""


@dataclass(frozen=True)
class MailSettings:
    """How to reach a mail server."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


def read_settings(environment: Mapping[str, str]) -> MailSettings:
    """Return the settings in the environment (`SMTP_…`). Raises MailServerError if any is missing or wrong."""
    host, security = environment.get("SMTP_HOST", ""), environment.get("SMTP_SECURITY") or "starttls"
    if not host:
        raise MailServerError("SMTP_HOST er ikke sat – skriv navnet på jeres mailserver")
    if security not in SECURITY_KINDS:
        raise MailServerError(f"SMTP_SECURITY kan ikke være {printable(security)} – skriv starttls eller tls; ukrypteret bliver intet sendt")
    port = environment.get("SMTP_PORT") or str(_PORTS[security])
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise MailServerError(f"SMTP_PORT kan ikke være {printable(port)} – skriv et tal som 587")
    user, password = environment.get("SMTP_USER", ""), environment.get("SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise MailServerError("SMTP_USER og SMTP_PASSWORD hører sammen – sæt dem begge, eller ingen af dem")
    if not (user + password).isascii():
        raise MailServerError("SMTP_USER og SMTP_PASSWORD kan kun have tegn uden accenter (ikke æ, ø og å) – vælg en anden adgangskode")
    return MailSettings(host, int(port), security, user, password)


class MailServer:
    """A connection to a mail server, which is made when the first mail is sent, and again after one that was lost."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._client: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._client:
            try:
                self._client.quit()
            except (OSError, smtplib.SMTPException):  # whatever was accepted stays so
                self._client.close()

    def send(self, message: EmailMessage) -> None:
        """Hand over a mail. When this returns, the server has accepted it. Raises MailRefusedError and MailServerError."""
        client = self._connected()
        try:
            client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            self._forget_closed()
            ((code, answer),) = error.recipients.values()
            raise MailRefusedError(f"mailserveren afviste modtageren: {_said(code, answer)}") from error
        except smtplib.SMTPResponseException as error:
            self._forget_closed()
            raise MailRefusedError(f"mailserveren tog ikke imod mailen: {_said(error.smtp_code, error.smtp_error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            client.close()
            self._forget_closed()
            raise MailRefusedError("forbindelsen til mailserveren blev afbrudt, før den tog imod mailen") from error

    def _forget_closed(self) -> None:
        """Have the next mail connect anew, if the connection is gone."""
        if self._client and self._client.sock is None:
            self._client = None

    def _connected(self) -> smtplib.SMTP:
        if self._client is None:
            try:
                self._client = self._connect()
            except smtplib.SMTPAuthenticationError as error:
                raise MailServerError(f"mailserveren afviste SMTP_USER og SMTP_PASSWORD: {_said(error.smtp_code, error.smtp_error)}") from error
            except smtplib.SMTPNotSupportedError as error:
                raise MailServerError(_UNENCRYPTED if "STARTTLS" in str(error) else "mailserveren tager ikke imod et login – slet SMTP_USER") from error
            except ssl.SSLCertVerificationError as error:
                reason = printable(error.verify_message)
                raise MailServerError(f"mailserverens certifikat kan ikke godkendes ({reason}) – ret SMTP_HOST, eller sæt SSL_CERT_FILE") from error
            except (OSError, UnicodeError, smtplib.SMTPException) as error:  # a name that is too long is no Unicode for the resolver
                found = printable(f"mailserveren {self._settings.host} svarer ikke som ventet ({error})")
                raise MailServerError(f"{found} – se, om SMTP_HOST og SMTP_PORT er rigtige") from error
        return self._client

    def _connect(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        client: smtplib.SMTP
        if settings.security == "tls":
            client = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_SECONDS, context=context)
        else:
            client = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
        with ExitStack() as on_failure:
            on_failure.callback(client.close)
            if settings.security == "starttls":
                client.starttls(context=context)  # raises if the server does not offer it, so nothing is ever sent unencrypted
            if settings.user:
                client.login(settings.user, settings.password)
            on_failure.pop_all()
        return client


def _said(code: int, answer: bytes | str) -> str:
    """Return the server's own words, which may be any."""
    text = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
    return printable(f"{code} {text}"[:200])
