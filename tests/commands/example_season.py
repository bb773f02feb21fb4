"""The example season as the tests read it: loaded once at a noon of its own."""

from datetime import UTC, datetime
from pathlib import Path

from trace.commands.example.loading import Example, load_example
from trace.commands.example.season_time import ZONE
from trace.repository.database import Row, rows
from trace.repository.instance import Instance, create_instance

ORIGIN, BASE_URL = "example.org", "https://qijimu.example.org"
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)


def load_at(folder: Path, loaded: datetime) -> tuple[Instance, Example]:
    """The season of this moment in a new instance."""
    instance = create_instance(folder, ORIGIN)
    return instance, load_example(instance, lambda: loaded.astimezone(UTC), BASE_URL)


def read(instance: Instance, sql: str, *values: object) -> list[Row]:
    """What stands in the tables."""
    with instance.database.reading() as connection:
        return rows(connection, sql, values)
