"""One SQLite file: all or nothing, one writer at a time, its schema in numbered steps."""

import threading
from pathlib import Path

import pytest

from trace.repository import database as databases
from trace.repository.database import (
    Database,
    DatabaseFull,
    connect,
    is_migrated,
    marks,
    migrate,
    row,
    rows,
    sqlite_version,
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A migrated database."""
    migrate(tmp_path / "qijimu.db")
    return Database(tmp_path / "qijimu.db")


def write(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO instance VALUES(?, 'x')", (name,))


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return [one["name"] for one in rows(connection, "SELECT name FROM instance ORDER BY name")]


def test_what_is_written_is_read(database: Database) -> None:
    write(database, "a")
    assert names(database) == ["a"]


def test_what_breaks_half_way_is_not_written(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt), database.writing() as connection:
        connection.execute("INSERT INTO instance VALUES('a', 'x')")
        raise KeyboardInterrupt
    assert names(database) == []
    write(database, "b")


def test_what_cannot_be_committed_leaves_the_connection_usable(database: Database) -> None:
    refused = database.connection.IntegrityError
    with pytest.raises(refused), database.writing() as connection:
        connection.execute(
            "INSERT INTO private_value VALUES('no entry', 'note', zeroblob(32), 'x')"
        )
    assert not database.connection.in_transaction
    write(database, "a")
    assert names(database) == ["a"]


def test_a_writer_does_not_begin_inside_another(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO instance VALUES('a', 'x')")
        with pytest.raises(connection.OperationalError), database.writing():
            pass
    assert names(database) == ["a"]


def test_reading_inside_a_transaction_sees_what_it_wrote(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO instance VALUES('a', 'x')")
        assert names(database) == ["a"]
        assert connection.in_transaction


def test_reading_is_one_moment(database: Database) -> None:
    with database.reading() as connection:
        assert rows(connection, "SELECT * FROM instance") == []
        other = threading.Thread(target=write, args=(database, "a"))
        other.start()
        other.join()
        assert rows(connection, "SELECT * FROM instance") == []
    assert names(database) == ["a"]


def test_reading_writes_nothing(database: Database) -> None:
    with database.reading() as connection:
        connection.execute("INSERT INTO instance VALUES('a', 'x')")
    assert names(database) == []


def test_threads_wait_for_each_other(database: Database) -> None:
    def add_up() -> None:
        for _ in range(10):
            with database.writing() as connection:
                found = row(connection, "SELECT value FROM instance WHERE name = 'sum'")
                number = int(found["value"]) + 1 if found else 1
                connection.execute("INSERT OR REPLACE INTO instance VALUES('sum', ?)", (number,))
        database.close()

    threads = [threading.Thread(target=add_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        found = row(connection, "SELECT value FROM instance WHERE name = 'sum'")
    assert found is not None
    assert found["value"] == "40"


def test_every_thread_has_its_own_connection_and_closing_ends_ours_alone(
    database: Database,
) -> None:
    mine, theirs = database.connection, []
    other = threading.Thread(target=lambda: theirs.append(database.connection))
    other.start()
    other.join()
    assert theirs[0] is not mine
    database.close()
    database.close()
    assert theirs[0].execute("SELECT 1").fetchone()[0] == 1
    assert database.connection is not mine


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_a_connection_has_the_settings_the_promises_rest_on(
    database: Database, pragma: str, value: object
) -> None:
    assert database.connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "qijimu.db"
    assert not is_migrated(path)
    migrate(path)
    assert is_migrated(path)
    write(Database(path), "a")
    migrate(path)
    assert names(Database(path)) == ["a"]


def test_an_empty_file_waits_for_its_migrations(tmp_path: Path) -> None:
    connect(tmp_path / "empty.db").close()
    assert not is_migrated(tmp_path / "empty.db")


def test_a_migration_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001_good.sql").write_text("CREATE TABLE good(a);\n-- a word\n")
    (steps / "0002_bad.sql").write_text("CREATE TABLE half(a);\nCREATE TABLE good(a);\n")
    monkeypatch.setattr(databases, "MIGRATIONS", steps)
    path = tmp_path / "qijimu.db"
    connection = connect(path)
    with pytest.raises(connection.OperationalError):
        migrate(path)
    tables = {one["name"] for one in rows(connection, "SELECT name FROM sqlite_master")}
    assert "good" in tables
    assert "half" not in tables
    assert not is_migrated(path)


def test_a_trigger_is_one_statement(tmp_path: Path) -> None:
    script = (databases.MIGRATIONS / "0001_ledger.sql").read_text("utf-8")
    connection = connect(tmp_path / "x.db")
    for statement in databases._statements(script):
        connection.execute(statement)
    found = rows(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert "entry_no_update" in {one["name"] for one in found}


def test_an_unfinished_statement_is_an_error() -> None:
    with pytest.raises(ValueError, match="unfinished"):
        list(databases._statements("CREATE TABLE a(b);\nCREATE TABLE c(d)\n"))


def test_marks_are_as_many_as_values() -> None:
    assert (marks(0), marks(3)) == ("", "?,?,?")


def test_a_row_that_is_not_there_is_none(database: Database) -> None:
    with database.reading() as connection:
        assert row(connection, "SELECT * FROM instance") is None


def test_the_version_of_sqlite_is_known() -> None:
    assert sqlite_version() >= (3, 35)


def test_a_full_disk_refuses_the_record_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "full.db"
    migrate(path)
    database = Database(path)
    pages = database.connection.execute("PRAGMA page_count").fetchone()[0]
    database.connection.execute(f"PRAGMA max_page_count = {pages + 2}").fetchall()

    with pytest.raises(DatabaseFull, match="disk is full"), database.writing() as connection:
        for number in range(200):
            connection.execute(
                "INSERT INTO instance(name, value) VALUES(?,?)", (f"fact {number}", "x" * 1000)
            )

    with database.reading() as connection:
        assert rows(connection, "SELECT name FROM instance") == []
    with database.writing() as connection:
        connection.execute("INSERT INTO instance(name, value) VALUES('small', 'fits')")
    database.close()
