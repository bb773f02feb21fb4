"""`serve`: the web server and the job process, started and ended together."""

import fcntl
import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from ..repository.database import SAFE_FOR_MANY_WRITERS, migrate, sqlite_version
from ..repository.instance import DATABASE, exists, open_instance
from ..web.language import check_catalogues
from ..web.settings import Settings
from . import server_process
from .addresses import is_port_free, lan_address
from .job_process import jobs_in_a_process
from .surroundings import folder_of_instance, plainly, say, settings_of
from .welcome import show_welcome

LOCK = "serving.lock"
BLOCKING_THREADS = 4
"""With one a slow request stalls every scan (2.7 s measured; with four at most 12 ms)."""
STOP_SECONDS = 10


@click.command()
@plainly
def serve() -> None:
    """Serve the instance until Ctrl-C or SIGTERM, with the process that prints labels.

    \b
    Settings, from the environment or config.ini in the instance folder:
      QIJIMU_INSTANCE  folder of the instance         PUBLIC_BASE_URL  address printed on labels
      HOST, PORT       where to listen                TRUSTED_HOSTS    further names to answer to
      LAN=1            serve the local network        TRUSTED_PROXIES  proxies in front

    \b
    Example:
      PUBLIC_BASE_URL=https://qijimu.example TRUSTED_PROXIES=1 python run.py serve
      PORT=8001 python run.py serve
    """
    folder = folder_of_instance()
    if not exists(folder):
        open_instance(folder)  # says what to do
    run_server(folder)


def run_server(folder: Path, prepare: Callable[[], None] = lambda: None) -> None:
    """Migrate, print what can be opened, then serve until told to stop.

    `prepare` runs first, while nobody else can serve the folder.

    Raises click.ClickException where the port is taken or another server has the instance.
    """
    os.umask(0o077)
    with _alone(folder), ExitStack() as running:
        prepare()
        migrate(folder / DATABASE)
        instance = open_instance(folder)
        settings = _with_lan_name(settings_of(folder, is_example=instance.is_example))
        if not is_port_free(settings):
            raise click.ClickException(
                f"port {settings.port} of {settings.host} is taken: stop the other program,"
                f" or choose another, such as PORT={settings.port + 1}"
            )
        try:
            check_catalogues()
        except RuntimeError as error:
            raise click.ClickException(str(error)) from None
        show_welcome(instance, settings)
        instance.database.close()
        many_writers = sqlite_version() >= SAFE_FOR_MANY_WRITERS
        # Never fork: threads and open databases of this process would come along.
        multiprocessing.set_start_method("spawn", force=True)
        if many_writers:
            running.enter_context(jobs_in_a_process(folder))
        else:
            say("This SQLite is not safe for two writing processes: labels are drawn by the server")
        _granian(settings).serve(
            target_loader=partial(server_process.load, settings, with_jobs=not many_writers),
            wrap_loader=False,
        )


def _granian(settings: Settings) -> AbstractServer[Any]:
    return Server(
        "qijimu",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the instance: two servers would each begin the other's jobs anew."""
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException(f"another server is already serving {folder}") from None
        yield


def _with_lan_name(settings: Settings) -> Settings:
    """Let phones ask for this machine by its address in the local network."""
    found = lan_address() if settings.lan else None
    return replace(settings, trusted_hosts=(*settings.trusted_hosts, found)) if found else settings
