"""MkDocs' files, of which only what readers see is published.

MkDocs (1.6) and ProperDocs copy a file by its method `copy_file`. Tested in tests/site/test_published_images.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from kanalstrategi.sanitizing.images import IMAGE_EXTENSIONS, published_image

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class ImageFile(File):
    """An image that is written anew, without what its pixels do not need, where MkDocs would copy it."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write the image into the site."""
        assert self.abs_src_path is not None, "it is a file of docs/"
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(published_image(Path(self.abs_src_path)))


def set_images(files: Files) -> None:
    """Put files of our own in the place of MkDocs' files that are images."""
    for file in list(files):
        if file.src_uri.endswith(IMAGE_EXTENSIONS) and file.src_dir:
            files.remove(file)
            files.append(ImageFile(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls, inclusion=file.inclusion))
