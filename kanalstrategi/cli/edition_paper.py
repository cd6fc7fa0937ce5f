"""Makes the paper for those who decide on a proposal, as a PDF: `python3 scripts/edition.py paper 2026-2029`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from kanalstrategi.checks.runner import check_project
from kanalstrategi.cli.arguments import ArgumentParser
from kanalstrategi.cli.system_errors import explains_errors
from kanalstrategi.content.config_values import mapping
from kanalstrategi.content.edition_model import EditionState
from kanalstrategi.content.edition_words import mark, named, standing
from kanalstrategi.content.model import Content, Page
from kanalstrategi.content.project import Project, read_project
from kanalstrategi.danish.phrases import count_phrase, long_date
from kanalstrategi.diagnostics import printable
from kanalstrategi.file_system import write_whole
from kanalstrategi.pdf.engine import PdfError, make_pdf
from kanalstrategi.pdf.print_document import DocumentFacts, PrintDocument, PrintPage, assemble
from kanalstrategi.rendering.committee_paper import PaperPart, paper_parts, paper_title
from kanalstrategi.rendering.macros import MacroRegistry
from kanalstrategi.rendering.page import render_page
from kanalstrategi.suggestions import suggestion

USAGE = "python3 scripts/edition.py paper 2026-2029, eventuelt med --output fil.pdf"
DESCRIPTION = "Lav en PDF til dem, der skal beslutte et forslag: hvad det ændrer, hvem det berører, hvad der er svaret i høringen, og hvad der står uændret."
_DECIDED = {EditionState.ADOPTED: "er vedtaget", EditionState.SUPERSEDED: "er vedtaget og siden afløst", EditionState.LAPSED: "er bortfaldet"}
"""What has become of an edition that there is nothing left to decide about."""


@explains_errors
def main(root: Path, registry: MacroRegistry, arguments: Sequence[str]) -> int:
    """Write the paper about a proposal of the project in a folder. Return 1 if that is not possible."""
    parser = ArgumentParser(usage_line=USAGE, description=DESCRIPTION)
    parser.add_argument("name", help="forslagets navn, som dets mappe i docs/udgaver/ hedder")
    parser.add_argument("--output", type=Path, metavar="FIL.pdf", help="hvor PDF’en skal ligge")
    options = parser.parse_args(arguments)
    project = read_project(root, os.environ)
    proposal = next((content for content in project.content.editions if content.edition and content.edition.name == options.name), None)
    if refusal := _refusal(options.name, proposal, project, root, registry):
        print(printable(refusal), file=sys.stderr)
        return 1
    assert proposal is not None, "an unknown edition is refused"
    output = options.output or root / f"forslag-{options.name}.pdf"
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        made = Path(folder, "paper.pdf")
        try:
            pdf = make_pdf(paper_document(project, proposal, registry), root / "docs", made)
        except PdfError as error:
            print(printable(f"PDF’en kunne ikke laves – {error}"), file=sys.stderr)
            return 1
        write_whole(output, made.read_bytes())
    print(printable(f"{output} er lavet: {count_phrase(pdf.pages, 'side', 'sider')}"))
    return 0


def _refusal(name: str, proposal: Content | None, project: Project, root: Path, registry: MacroRegistry) -> str:
    """Return why there can be no paper about an edition, or an empty string."""
    facts = proposal.edition if proposal else project.content.edition
    if facts is None or facts.name != name:
        names = [content.edition.name for content in project.content.editions if content.edition and content.edition.state not in _DECIDED]
        return f"der er ingen udgave, der hedder {name} – {suggestion(name, names, 'et forslag begyndes med python3 scripts/new.py edition')}"
    if facts.state in _DECIDED:
        return f"{facts.title} {_DECIDED[facts.state]} – lav papiret, mens udgaven er et forslag"
    problems = [str(found) for found in check_project(project, root / "docs", registry) if found.file.startswith(f"docs/{facts.folder}")]
    if problems:
        return "\n".join([f"{facts.title} har fejl, som skal rettes først:", *problems])
    if proposal and proposal.changes_page:
        return ""
    return project.content.say("der er ingen gældende strategi at sammenligne med – skriv `edition: …` i docs/index.md")


def paper_document(project: Project, proposal: Content, registry: MacroRegistry) -> PrintDocument:
    """Return the paper about a proposal, which has no mistakes."""
    edition, changes_page = proposal.edition, proposal.changes_page
    assert edition is not None and changes_page is not None, "without them it is refused"
    site_url = _site_url(project)

    def rendered(page: Page) -> PaperPart:
        root = render_page(project.parsed_pages.get(page.path), page, proposal, registry, files=project.files, assets="", site_url=site_url).root
        return PaperPart(page.url, root)

    answers = rendered(proposal.pages[proposal.hearing.path]) if proposal.hearing else None
    parts = paper_parts(project.content, proposal, rendered(changes_page), answers)
    opening, *chapters = [PrintPage(part.url, part.root, source=f"docs/{proposal.folder}index.md") for part in parts]
    title, today = paper_title(proposal), project.content.today
    values = project.config.values or {}
    look = project.look
    logo = look.logo.path if look.logo else mapping(values.get("theme")).get("logo")
    facts = DocumentFacts(
        title=title,
        organisation=project.content.organisation.name,
        description="Hvad forslaget ændrer, hvem det berører, hvad der er svaret i høringen, og hvad der står uændret.",
        language=str(mapping(values.get("theme")).get("language") or "da"),
        today=today,
        printed=f"Udskrevet den {long_date(today)}",
        cover_lines=(mark(edition), "Forslag. Ikke vedtaget") if edition.state is EditionState.CONSULTATION else ("Forslag. Ikke vedtaget",),
        site_url=site_url,
        url=edition.url,
        logo=f"site:{logo}" if isinstance(logo, str) else "",
        name=named(title, edition),
        standing=standing(edition),
        newest_words="Forslaget findes på",
        look=look,
    )
    return assemble(facts, opening, chapters)


def _site_url(project: Project) -> str:
    """Return the URL where the site will be published, or an empty string if it is not known."""
    url = os.environ.get("SITE_URL") or str((project.config.values or {}).get("site_url") or "")
    return "" if urlsplit(url).hostname in (None, "localhost", "127.0.0.1") else url
