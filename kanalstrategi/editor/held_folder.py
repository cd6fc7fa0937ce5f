"""Opens folders one in the other, and files in them, so that no symbolic link is followed.

Where the system has descriptors of folders (Linux, macOS), not even one that is put there meanwhile is followed: what is in a folder is asked for
by its descriptor. Elsewhere (Windows) each name is looked at before it is used, and a file again once it is open.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol, cast

HAS_DESCRIPTORS = os.open in os.supports_dir_fd


class HeldFolder(Protocol):
    """A folder that is open. Every method raises OSError."""

    def open_file(self, name: str) -> BinaryIO:
        """Open a file for reading, without waiting for one that is a pipe. It may be something else than a regular file."""

    def create_file(self, name: str) -> BinaryIO:
        """Open a new file for writing."""

    def status(self, name: str) -> os.stat_result:
        """Return what a name stands for, which may be a link."""

    def rename(self, new: str, name: str) -> None:
        """Give a file in this folder another name, in the place of the one that has it."""

    def delete(self, name: str) -> None:
        """Delete a file."""

    def entries(self) -> list[os.DirEntry[str]]:
        """Return what is in the folder."""


@contextmanager
def held_folder(start: Path, parts: list[str], *, create: bool = False) -> Iterator[HeldFolder]:
    """Open a folder, given as the names of all folders on the way from `start`, which itself may be reached through a link. Raises OSError."""
    opened = _by_descriptor if HAS_DESCRIPTORS else _by_path
    with opened(start, parts, create) as folder:
        yield folder


@contextmanager
def _by_descriptor(start: Path, parts: list[str], create: bool) -> Iterator[HeldFolder]:
    descriptor = os.open(start, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts:
            if create:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=descriptor)
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield _Descriptor(descriptor)
    finally:
        os.close(descriptor)


class _Descriptor:
    """A folder with a descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def open_file(self, name: str) -> BinaryIO:
        return self._open(name, "rb", os.O_RDONLY | os.O_NONBLOCK)

    def create_file(self, name: str) -> BinaryIO:
        return self._open(name, "wb", os.O_WRONLY | os.O_CREAT | os.O_EXCL)

    def _open(self, name: str, mode: str, flags: int) -> BinaryIO:
        def opener(file: str, _: int) -> int:
            return os.open(file, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666, dir_fd=self._descriptor)

        return cast(BinaryIO, open(name, mode, opener=opener))

    def status(self, name: str) -> os.stat_result:
        return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)

    def rename(self, new: str, name: str) -> None:
        os.replace(new, name, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def delete(self, name: str) -> None:
        os.unlink(name, dir_fd=self._descriptor)

    def entries(self) -> list[os.DirEntry[str]]:
        with os.scandir(self._descriptor) as entries:
            return list(entries)


@contextmanager
def _by_path(start: Path, parts: list[str], create: bool) -> Iterator[HeldFolder]:
    folder = start
    for part in parts:
        folder = folder / part
        if create:
            with suppress(FileExistsError):
                folder.mkdir()
        if not stat.S_ISDIR(_unlinked(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    yield _PathFolder(folder)


class _PathFolder:
    """A folder with a path."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open_file(self, name: str) -> BinaryIO:
        path = self._path / name
        before = _unlinked(path)
        if not stat.S_ISREG(before.st_mode):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)  # a pipe would wait for someone to write to it
        file = path.open("rb")
        if not os.path.samestat(before, os.fstat(file.fileno())):
            file.close()
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)  # it has been replaced meanwhile, perhaps by a link
        return file

    def create_file(self, name: str) -> BinaryIO:
        return (self._path / name).open("xb")

    def status(self, name: str) -> os.stat_result:
        return _unlinked(self._path / name)

    def rename(self, new: str, name: str) -> None:
        (self._path / new).replace(self._path / name)

    def delete(self, name: str) -> None:
        (self._path / name).unlink()

    def entries(self) -> list[os.DirEntry[str]]:
        with os.scandir(self._path) as entries:
            return list(entries)


def _unlinked(path: Path) -> os.stat_result:
    """Return what a path stands for. Raises OSError for a junction of Windows, which Python does not call a link."""
    status = path.lstat()
    if getattr(status, "st_reparse_tag", 0) and not stat.S_ISLNK(status.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return status
