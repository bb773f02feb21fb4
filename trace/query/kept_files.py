"""Kept photos and papers of one's own co-op."""

from pathlib import Path

from ..repository import file_rows
from ..repository.files import DiskFull, FileMissing
from ..repository.instance import Instance

__all__ = ["DiskFull", "own_file"]


def own_file(instance: Instance, coop_id: str, sha256: str, small: bool) -> tuple[Path, str] | None:
    """Where a file of this co-op lies and its media type; `small` is the picture for a list."""
    with instance.database.reading() as connection:
        row = file_rows.file_of(connection, sha256, coop_id)
    if row is None:
        return None
    is_photo = row["media_type"] == "image/jpeg"
    try:
        if small:
            return instance.files.path(sha256, "card" if is_photo else "page"), "image/jpeg"
        return instance.files.path(sha256), row["media_type"]
    except FileMissing:
        return None
