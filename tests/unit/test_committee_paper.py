"""The paper for those who decide on a proposal: its numbers, whom it touches, the answers, what stays, and when there is none."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from kanalstrategi.cli.edition_paper import main
from kanalstrategi.pdf.audit.runner import audit
from macros import MACROS
from tests.support.adopted_text import pages_as_text

PAGE = "---\ndescription: Strategien.\nowner: hus\nstatus: {status}\nreviewed: 2020-01-01\nreview_by: 2030-01-01\n{facts}---\n\n# {title}\n\n"
RULES = """\
## Telefonen {{: #telefonen }}

Vi taler sammen.

### Det betyder, at

{rules}
## Video {{: #video }}

### Det betyder, at

- vi skal mødes på video
    {{: #video-moede }}
"""
GUIDELINE = """\
## Telefon {: #telefon }

### Telefonen

{{ rules("telefonen") }}

- [x] Telefontid: Vi tager telefonen fra 9 til 12.
- [ ] Svar: Hvem svarer?

### Video

{{ rules("video") }}

- [ ] Udstyr: Hvem køber det?
"""
CONFIG = """\
site_name: Strategi
site_url: https://byen.example/
extra:
  organisation: Byen
  owners: {hus: {name: Huset}}
nav: [index.md, kanaler/telefon.md, retningslinjer/skoler.md, soeg.md]
"""


def rules(*texts: str) -> str:
    ids = ("ring", "svar", "besked")
    return "".join(f"- {text}\n    {{: #telefon-{id} }}\n" for id, text in zip(ids, texts, strict=False) if text)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769000000")  # 21 January 2026
    monkeypatch.delenv("SITE_URL", raising=False)
    docs = tmp_path / "docs"
    hearing = "consultation_from: 2026-01-10\nconsultation_to: 2026-01-20\n"
    editions = {
        "": ("2023", "adopted", "edition: 2023\nadopted: 2023-02-28\nadopted_by: byrådet\nevaluate_by: 2025-12-31\n", rules("vi skal ringe", "vi skal svare")),
        "udgaver/2026": ("2026", "draft", hearing, rules("vi skal ringe straks", "", "vi skal lægge en besked")),
        "udgaver/2025": ("2025", "draft", "lapsed: 2025-05-01\n", rules("vi skal ringe")),
    }
    for folder, (name, status, facts, rule) in editions.items():
        (docs / folder / "kanaler").mkdir(parents=True)
        (docs / folder / "index.md").write_text(PAGE.format(status=status, facts=facts, title=f"Strategi {name}") + "Tekst.\n")
        front = PAGE.format(status=status, facts="subchannels: [telefonen, video]\n", title="Telefon")
        (docs / folder / "kanaler/telefon.md").write_text(front + RULES.format(rules=rule))
    (docs / "retningslinjer").mkdir()
    front = PAGE.format(status="draft", facts="department: Skoler\n", title="Retningslinje for skoler")
    (docs / "retningslinjer/skoler.md").write_text(front + GUIDELINE)
    front = PAGE.format(status="adopted", facts="", title="Svar på høringen")
    (docs / "udgaver/2026/svar.md").write_text(f"{front}## telefon-ring\n\nNogle vil hellere skrive.\n")
    (docs / "soeg.md").write_text(PAGE.format(status="adopted", facts="", title="Søg") + "{{ search() }}\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


def test_the_paper_tells_those_who_decide_what_changes_whom_it_touches_and_what_stays(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = root / "papir.pdf"
    assert main(root, MACROS, ["2026", "--output", str(file)]) == 0
    assert "papir.pdf er lavet" in capsys.readouterr().out
    assert audit(file) == []
    cover, *others = (" ".join(page.split()) for page in pages_as_text(file))
    assert "Forslag til Strategi 2026" in cover and "Ikke vedtaget" in cover
    text = " ".join(others).replace("\u00ad ", "")
    assert "Forslaget ændrer 1 regel, tilføjer 1 ny regel og lader 1 regel udgå." in text
    assert "1 regel står uændret, og 1 fagområde har 2 beslutninger at se på igen." in text
    assert "Forslaget har været i høring fra 10. januar 2026 til 20. januar 2026." in text
    assert "1 truffet: Telefontid. 1 åben: Svar." in text and "Udstyr" not in text
    assert "Nogle vil hellere skrive." in text
    assert "vi skal mødes på video" in text.partition("Det står uændret")[2]
    assert all("Forslag" in page for page in others)
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Forslag til Strategi 2026 – forslag"
        assert "/StructTreeRoot" in pdf.Root


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("2027", "der er ingen udgave, der hedder 2027"),
        ("2023", "Strategi 2023 er vedtaget"),
        ("2025", "Strategi 2025 er bortfaldet"),
    ],
)
def test_there_is_no_paper_about_what_is_unknown_or_decided(root: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str) -> None:
    assert main(root, MACROS, [name, "--output", str(root / "papir.pdf")]) == 1
    assert capsys.readouterr().err.startswith(reason)
    assert not (root / "papir.pdf").exists()


def test_there_is_no_paper_about_a_proposal_with_mistakes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = root / "docs/udgaver/2026/kanaler/telefon.md"
    file.write_text(f"{file.read_text()}\n[Væk](vaek.md)\n")
    assert main(root, MACROS, ["2026"]) == 1
    assert "docs/udgaver/2026/kanaler/telefon.md:" in capsys.readouterr().err
