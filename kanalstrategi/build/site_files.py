"""Writes everything on the site that needs neither its finished pages nor its PDFs. To add a kind of file, write it in a module and call it here."""

from __future__ import annotations

from pathlib import Path

from kanalstrategi.build.follow_up_files import write_follow_up_files
from kanalstrategi.build.open_data_files import DataSite, write_open_data
from kanalstrategi.build.output_files import write_editor_files, write_feeds, write_opensearch
from kanalstrategi.build.session import BuildSession, public_url
from kanalstrategi.content.urls import LOCAL_URL
from kanalstrategi.publishing.redirect_pages import write_redirects
from kanalstrategi.publishing.statement_door import write_statement_door


def write_site_files(session: BuildSession, site: Path) -> None:
    """Write the files of a build or of a preview. Stops the build if the editor that pages are edited with has not been downloaded."""
    content, config = session.content, session.mkdocs.config
    site_url = public_url(config)
    session.assets.write(site)
    write_open_data(content, Path(config.docs_dir), site, DataSite(config.site_name, config.site_url or LOCAL_URL))
    write_feeds(session, site)
    write_follow_up_files(session, site)
    write_redirects(site, content, site_url, session.assets.folder)
    write_statement_door(site, content, site_url)
    write_opensearch(session, site, site_url)
    write_editor_files(session, site)
