"""The rows beside the kept files: whose they are, what they are, and whether a page shows them."""

from .database import Connection, Row, marks, row, rows


def keep_row(
    connection: Connection,
    *,
    coop_id: str,
    sha256: str,
    media_type: str,
    byte_size: int,
    width: int | None,
    height: int | None,
    pages: int | None,
    record_time: str,
    uploaded_by: str,
) -> None:
    """Note that this co-op has this file; the same file again changes nothing."""
    connection.execute(
        "INSERT INTO file(coop_id, sha256, media_type, byte_size, width, height, pages,"
        " record_time, uploaded_by) VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        (coop_id, sha256, media_type, byte_size, width, height, pages, record_time, uploaded_by),
    )


def existing_files(connection: Connection, coop_id: str, hashes: list[str]) -> frozenset[str]:
    """Which of these files the co-op has."""
    found = rows(
        connection,
        f"SELECT sha256 FROM file WHERE coop_id = ? AND sha256 IN ({marks(len(hashes))})",
        (coop_id, *hashes),
    )
    return frozenset(one["sha256"] for one in found)


def file_of(connection: Connection, sha256: str, coop_id: str | None = None) -> Row | None:
    """A file's row, of one co-op or of any."""
    return row(
        connection,
        "SELECT * FROM file WHERE sha256 = ? AND (? IS NULL OR coop_id = ?) LIMIT 1",
        (sha256, coop_id, coop_id),
    )


def is_shown_publicly(connection: Connection, sha256: str, public_types: list[str]) -> bool:
    """Whether a public page shows this file: it belongs to a public event or a certificate."""
    by_event = row(
        connection,
        "SELECT 1 AS found FROM event_file f JOIN event e ON e.entry_index = f.entry_index"
        f" WHERE f.sha256 = ? AND e.event_type IN ({marks(len(public_types))}) LIMIT 1",
        (sha256, *public_types),
    )
    by_certificate = row(
        connection,
        "SELECT 1 AS found FROM declared WHERE noun = 'certificate' AND is_current = 1"
        " AND fields LIKE ? LIMIT 1",
        (f'%"file": "{sha256}"%',),
    )
    return bool(by_event or by_certificate)


def is_portrait(connection: Connection, sha256: str) -> bool:
    """Whether this file is the picture that a co-op declared for one of its people or products."""
    found = row(
        connection,
        "SELECT 1 AS found FROM declared WHERE noun IN ('party', 'product') AND is_current = 1"
        " AND fields LIKE ? LIMIT 1",
        (f'%"picture": "{sha256}"%',),
    )
    return found is not None
