"""One installation on disk: a folder with the database, the ledger's key and the files."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..domain.errors import QijimuError
from ..domain.signed_note import VerifierKey, check_key_name
from . import ledger
from .banned import begin_banned_list
from .database import Connection, Database, is_migrated, migrate, row
from .files import FileStore
from .ledger_key import create_key, load_key

DATABASE, KEY, FILES, JOBS = "qijimu.db", "ledger.key", "files", "jobs"
ORIGIN, EXAMPLE, LOADED_ON = "origin", "example", "loaded_on"


class NoInstance(QijimuError, LookupError):
    """The folder holds no initialised instance, or one that another version must migrate first."""


@dataclass(frozen=True)
class Instance:
    """An opened instance: `origin` is what every checkpoint is signed for, chosen once."""

    folder: Path
    database: Database
    files: FileStore
    origin: str
    key: Ed25519PrivateKey

    @property
    def verifier_key(self) -> VerifierKey:
        """What anybody needs to check this ledger's signatures."""
        return VerifierKey(self.origin, self.key.public_key().public_bytes_raw())

    @property
    def jobs_folder(self) -> Path:
        """Where finished jobs leave their files."""
        return self.folder / JOBS

    def fact(self, name: str) -> str | None:
        """One of the instance's own facts, such as whether it is an example."""
        with self.database.reading() as connection:
            return read_fact(connection, name)

    @property
    def is_example(self) -> bool:
        """Whether this instance holds example data and nothing real."""
        return self.fact(EXAMPLE) is not None

    @property
    def is_empty(self) -> bool:
        """Whether the ledger has no entry."""
        with self.database.reading() as connection:
            return ledger.size(connection) == 0


def read_fact(connection: Connection, name: str) -> str | None:
    """A fact of the instance by name."""
    found = row(connection, "SELECT value FROM instance WHERE name = ?", (name,))
    return None if found is None else str(found["value"])


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Set a fact of the instance."""
    connection.execute(
        "INSERT INTO instance(name, value) VALUES(?,?)"
        " ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def exists(folder: Path) -> bool:
    """Whether an instance was initialised here."""
    return (folder / DATABASE).exists() and (folder / KEY).exists()


def _has_entries(path: Path) -> bool:
    """Whether a ledger was begun here: another key would sign what this one's never saw."""
    if not (path.exists() and is_migrated(path)):
        return False
    database = Database(path)
    with database.reading() as connection:
        size = ledger.size(connection)
    database.close()
    return size > 0


def create_instance(folder: Path, origin: str) -> Instance:
    """Make folder, schema and key; an instance that is there is opened and migrated.

    The origin is signed into every checkpoint for ever; a second, different one is refused.
    """
    check_key_name(origin)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / KEY).exists():
        if _has_entries(folder / DATABASE):
            raise NoInstance(f"{folder} has a ledger but no {KEY}: put the key back from backup")
        create_key(folder / KEY)
    migrate(folder / DATABASE)
    database = Database(folder / DATABASE)
    with database.writing() as connection:
        if read_fact(connection, ORIGIN) is None:
            write_fact(connection, ORIGIN, origin)
        begin_banned_list(connection)
    database.close()
    instance = open_instance(folder)
    if instance.origin != origin:
        raise NoInstance(f"this instance signs as {instance.origin}, not {origin}: chosen for ever")
    return instance


def open_instance(folder: Path) -> Instance:
    """Open an initialised instance; nothing is made or migrated."""
    if not exists(folder):
        raise NoInstance(f"no instance in {folder}: run `python run.py init` first")
    if not is_migrated(folder / DATABASE):
        raise NoInstance(f"the schema in {folder} is older: run `python run.py init` to migrate it")
    database = Database(folder / DATABASE)
    with database.reading() as connection:
        origin = read_fact(connection, ORIGIN)
    if origin is None:
        raise NoInstance(f"the instance in {folder} has no origin: run `python run.py init`")
    return Instance(folder, database, FileStore(folder / FILES), origin, load_key(folder / KEY))
