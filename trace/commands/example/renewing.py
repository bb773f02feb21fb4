"""Keeping the example of today: made where there is none, made anew while nobody wrote in it."""

import shutil
from pathlib import Path

from ...capture.recording import Clock, system_clock
from ...domain.errors import N_, refuse
from ...repository import ledger
from ...repository.instance import (
    DATABASE,
    FILES,
    JOBS,
    KEY,
    LOADED_ON,
    Instance,
    create_instance,
    exists,
    open_instance,
)
from .loading import BASE_URL, HOLDS_REAL_RECORDS, LOADED_SIZE, load_example
from .season_time import Calendar

WRITTEN_IN = N_("Somebody has written in this example. It was left as it is.")


def is_stale(instance: Instance, clock: Clock = system_clock) -> bool:
    """Whether the season was not loaded today, or its loading broke off."""
    return instance.fact(LOADED_ON) != Calendar(clock()).today.isoformat()


def was_written_in(instance: Instance) -> bool:
    """Whether anything was recorded after the loading."""
    loaded_size = instance.fact(LOADED_SIZE)
    if loaded_size is None:
        return False
    with instance.database.reading() as connection:
        return ledger.size(connection) > int(loaded_size)


def example_of_today(
    folder: Path, origin: str, base_url: str = BASE_URL, clock: Clock = system_clock
) -> Instance:
    """The example in this folder: made, or made anew where it is stale and nobody wrote in it.

    One that was written in is opened as it is. `origin` is for a folder without an instance. Raises
    Refused where the folder holds real records.
    """
    if not exists(folder):
        instance = create_instance(folder, origin)
        load_example(instance, clock, base_url)
        return instance
    instance = open_instance(folder)
    if not instance.is_empty:
        if not instance.is_example:
            raise refuse("instance", HOLDS_REAL_RECORDS)
        if was_written_in(instance) or not is_stale(instance, clock):
            return instance
        instance.database.close()
        remove_example(folder)
        instance = create_instance(folder, instance.origin)
    load_example(instance, clock, base_url)
    return instance


def remove_example(folder: Path) -> None:
    """Delete an example that nobody wrote in, its key too: another ledger gets another key.

    Raises Refused where it is no example, or was written in. No other process may have it open.
    """
    instance = open_instance(folder)
    is_real, is_written = not instance.is_example, was_written_in(instance)
    instance.database.close()
    if is_real or is_written:
        raise refuse("instance", HOLDS_REAL_RECORDS if is_real else WRITTEN_IN)
    database = folder / DATABASE
    for path in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm")), folder / KEY):
        path.unlink(missing_ok=True)
    for kept in (FILES, JOBS):
        shutil.rmtree(folder / kept, ignore_errors=True)
