"""Cleaned photos and papers on disk, named by the SHA-256 of the cleaned original.

    ab/cdef….jpg        the photo            ab/cdef….pdf        the paper
    ab/cdef….card.jpg   at most 15 kB        ab/cdef….page.jpg   its first page
    ab/cdef….page.jpg   at most 40 kB

`keep` returns only when the bytes are on the disk, so call it before the database row is committed:
a row never names a file that a power cut could take away. A file without a row is harmless.
"""

import errno
import os
import re
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from ..domain.errors import NotFound, QijimuError
from .papers import CleanPdf
from .photos import CleanPhoto

Rendition = Literal["original", "card", "page"]

HASH: Final = re.compile(r"[0-9a-f]{64}")
ORIGINALS: Final = (".jpg", ".pdf")
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class DiskFull(QijimuError, OSError):  # the fact itself
    """The disk has no room for the file; nothing of it is left behind."""


class FileMissing(NotFound):
    """No such file or rendition is kept, or the hash is not one."""


class FileStore:
    """The folder of kept files. Safe for several processes: names are contents, renames atomic."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, clean: CleanPhoto | CleanPdf) -> str:
        """Write original and renditions durably; gives the hash the record holds.

        The same content again is the same file. Raises DiskFull, or OSError as it comes.
        """
        name = sha256(clean.content).hexdigest()
        if isinstance(clean, CleanPhoto):
            parts = {".card.jpg": clean.card, ".page.jpg": clean.page, ".jpg": clean.content}
        else:
            parts = {".page.jpg": clean.page, ".pdf": clean.content}
        folder = self._subfolder(name)
        unnamed: dict[Path, Path] = {}
        try:
            _make_durably(folder)
            for suffix, content in parts.items():
                path = folder / (name[2:] + suffix)
                if not path.exists():
                    unnamed[path] = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
                    _write_durably(unnamed[path], content)
            for path, part in unnamed.items():  # the original last: where it is, all is
                part.replace(path)
            # Also when nothing was written: another process may have renamed a moment ago.
            _sync_folder(folder)
        except OSError as error:
            for part in unnamed.values():
                part.unlink(missing_ok=True)
            if error.errno in NO_ROOM:
                raise DiskFull(error.errno, f"no room for {len(clean.content)} bytes") from error
            raise
        return name

    def path(self, name: str, rendition: Rendition = "original") -> Path:
        """Where a kept file lies. Raises FileMissing."""
        folder = self._subfolder(name)
        suffixes = ORIGINALS if rendition == "original" else (f".{rendition}.jpg",)
        for suffix in suffixes:
            path = folder / (name[2:] + suffix)
            if path.is_file():
                return path
        raise FileMissing(f"no {rendition} of {name} is kept")

    def read(self, name: str, rendition: Rendition = "original") -> bytes:
        """The bytes of a kept file. Raises FileMissing."""
        try:
            return self.path(name, rendition).read_bytes()
        except FileNotFoundError as error:  # erased between the two
            raise FileMissing(f"no {rendition} of {name} is kept") from error

    def is_whole(self, name: str) -> bool:
        """Whether the original on disk still has the hash it is named by. Raises FileMissing."""
        return sha256(self.read(name)).hexdigest() == name

    def remove(self, name: str) -> bool:
        """Erase original and renditions; whether there was anything. Safe to repeat."""
        folder = self._subfolder(name)
        found = sorted(folder.glob(f"{name[2:]}.*"), reverse=True)
        for path in found:
            path.unlink(missing_ok=True)
        if found:
            _sync_folder(folder)
        return bool(found)

    def hashes(self) -> Iterator[str]:
        """The hashes of all originals, in order: for backup, export and check."""
        for path in sorted(self.folder.glob("??/*")):
            name = path.parent.name + path.stem
            if path.suffix in ORIGINALS and HASH.fullmatch(name):
                yield name

    def _subfolder(self, name: str) -> Path:
        if not HASH.fullmatch(name):  # also keeps `../` and the like out of every path
            raise FileMissing(f"expected a SHA-256 of 64 hexadecimal digits, got {name[:80]!r}")
        return self.folder / name[:2]


def _make_durably(folder: Path) -> None:
    if not folder.is_dir():
        _make_durably(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder outlive a power cut (POSIX; Windows has no such call)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
