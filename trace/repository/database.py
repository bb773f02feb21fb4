"""One SQLite file: how it is opened, migrated, read and written.

Every connection is one thread's own, in WAL mode with synchronous=FULL. Writing is `BEGIN
IMMEDIATE` only: a transaction that begins by reading and then writes fails under threads
(9 times in 12, measured). The SQLite used is pysqlite3's where its wheel exists; never open the
same file with Python's own module as well.
"""

import fcntl
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import sqlite_utils
from sqlite_utils.migrations import Migrations
from sqlite_utils.utils import sqlite3 as _sqlite3  # type: ignore[attr-defined]  # not in __all__

from ..domain.errors import N_, Problem, Refused

if TYPE_CHECKING:
    import sqlite3

    Connection = sqlite3.Connection
    Row = sqlite3.Row
else:
    sqlite3 = _sqlite3
    Connection = _sqlite3.Connection
    Row = _sqlite3.Row

MIGRATIONS = Path(__file__).parent / "migrations"
NO_ROOM = N_("The server's disk is full, so nothing was saved. Everything typed is still here.")

BUSY_MILLISECONDS = 20_000
PART = 5000
"""Of values in one statement: SQLite takes at most 32 766."""

_Key = TypeVar("_Key", int, str)
SAFE_FOR_MANY_WRITERS = (3, 51, 3)
"""SQLite 3.7.0 to 3.51.2 can corrupt a WAL that several processes reset at once."""


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite in use."""
    return tuple(int(part) for part in _sqlite3.sqlite_version.split("."))


def connect(path: Path) -> Connection:
    """A new connection with all the settings the promises rest on."""
    connection: Connection = _sqlite3.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
    )
    connection.row_factory = _sqlite3.Row
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _migrations() -> Migrations:
    """The numbered SQL files, each one migration, in the order of their numbers."""
    migrations = Migrations("qijimu")
    for path in sorted(MIGRATIONS.glob("[0-9]*.sql")):

        def apply(database: sqlite_utils.Database, path: Path = path) -> None:
            # executescript would commit the migration's own transaction first
            for statement in _statements(path.read_text("utf-8")):
                database.execute(statement)

        migrations(name=path.stem)(apply)
    return migrations


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, triggers kept whole."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if _sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip() and not all(
        line.startswith("--") or not line.strip() for line in statement.splitlines()
    ):
        raise ValueError(f"an unfinished statement in a migration: {statement[:80]!r}")


def migrate(path: Path) -> None:
    """Bring the schema up to date, once, under a file lock, before anything else opens the file."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = connect(path)
        try:
            _migrations().apply(sqlite_utils.Database(connection))
        finally:
            connection.close()


def is_migrated(path: Path) -> bool:
    """Whether the file exists and no migration waits."""
    if not path.exists():
        return False
    connection = connect(path)
    try:
        return not _migrations().pending(sqlite_utils.Database(connection))
    finally:
        connection.close()


class DatabaseFull(Refused):
    """The disk has no room for a record; nothing was changed, and the form keeps what was typed."""


class Database:
    """The database of one instance: a connection a thread, reading and writing transactions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def connection(self) -> Connection:
        """This thread's connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self.path)
        return connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot: all reads inside see the same moment. Inside a transaction it joins it."""
        connection = self.connection
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, begun with the write lock: all or nothing, durable when it ends.

        Raises DatabaseFull where the disk has no room: nothing is changed then.
        """
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")  # may fail too: a full disk, a deferred foreign key
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if getattr(error, "sqlite_errorcode", None) == _sqlite3.SQLITE_FULL:
                raise DatabaseFull([Problem("", NO_ROOM)]) from error
            raise

    def close(self) -> None:
        """Close this thread's connection."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def rows(connection: Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows at once: an open cursor would keep the WAL from being reset."""
    return connection.execute(sql, values).fetchall()


def row(connection: Connection, sql: str, values: Sequence[Any] = ()) -> Row | None:
    """The first row, or None."""
    found = connection.execute(sql, values).fetchall()
    return found[0] if found else None


def parts(values: Iterable[_Key]) -> Iterable[list[_Key]]:
    """These keys or ids, once each and in order, in lists that one statement has room for."""
    ordered = sorted(set(values))
    return (ordered[start : start + PART] for start in range(0, len(ordered), PART))


def marks(count: int) -> str:
    """Question marks for a list of that many values."""
    return ",".join("?" * count)


DatabaseError: type[Exception] = _sqlite3.DatabaseError
"""Whatever the SQLite in use raises: a damaged file, no room, a lock that never came free."""
