"""Which kept files anybody may see: those of public events and certificates, and portraits."""

from pathlib import Path
from typing import Literal

from ..domain.errors import NotFound
from ..domain.vocabulary import EVENT_TYPES
from ..repository import file_rows
from ..repository.instance import Instance

Size = Literal["original", "card", "page"]
PUBLIC_TYPES = [row.name for row in EVENT_TYPES.values() if row.is_public]


def public_file(instance: Instance, sha256: str, size: Size = "original") -> Path:
    """Where a file that a public page shows lies. Raises NotFound for any other."""
    with instance.database.reading() as connection:
        shown = file_rows.is_shown_publicly(
            connection, sha256, PUBLIC_TYPES
        ) or file_rows.is_portrait(connection, sha256)
    if not shown:
        raise NotFound(sha256[:64])
    return instance.files.path(sha256, size)
