"""Where tests change the PDF engine in a copy of the project."""

from __future__ import annotations

ENGINE = "kanalstrategi/pdf/typst/engine.py"
LAYS_OUT = "    images = {src: _image_bytes(src, site, document.facts.look) for src in dict.fromkeys(image_urls(document))}\n"
"""The first line of what the engine does."""
