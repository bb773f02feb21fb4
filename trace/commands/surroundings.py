"""What every command starts from: the instance's folder, its settings, errors in plain words."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from ..domain.errors import QijimuError
from ..repository.database import DatabaseError
from ..repository.instance import Instance, open_instance
from ..web.settings import Settings, SettingsError, load_settings
from ..web.wsgi import instance_folder

P = ParamSpec("P")
T = TypeVar("T")


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Say what is wrong in one line and end with code 1: expected errors need no traceback."""

    @wraps(command)
    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (QijimuError, SettingsError) as error:
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            raise click.ClickException(f"the database: {error}") from error
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    return said


def folder_of_instance() -> Path:
    """The folder that QIJIMU_INSTANCE names, else `instance/` of this checkout."""
    return instance_folder(os.environ)


def opened_instance() -> Instance:
    """The instance that QIJIMU_INSTANCE names. Raises NoInstance."""
    return open_instance(folder_of_instance())


def settings_of(folder: Path, *, is_example: bool = False) -> Settings:
    """The settings of this instance. Raises SettingsError."""
    return load_settings(folder, os.environ, is_example=is_example)


def address_of(settings: Settings) -> str:
    """Where links lead that we print: the public address, else where the server listens."""
    if settings.public_base_url:
        return settings.public_base_url
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - compared
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def say(text: str) -> None:
    """A line for the person at the terminal; results that programs read go to stdout alone."""
    click.echo(text, err=True)


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Progress on stderr, called with how much of the total is done."""
    with progress_of(what) as progress:
        yield lambda done: progress(done, total)


@contextmanager
def progress_of(what: str) -> Iterator[Callable[[int, int], None]]:
    """Progress on stderr, called with done and total: a bar on a terminal, else a line a tenth."""
    shown = -1
    is_terminal = sys.stderr.isatty()

    def count(done: int, total: int) -> None:
        nonlocal shown
        steps = 100 if is_terminal else 10
        if total and (now := done * steps // total) > shown:
            shown = now
            end = "" if is_terminal else "\n"
            start = "\r" if is_terminal else ""
            click.echo(f"{start}{what}: {done} of {total}{end}", err=True, nl=False)

    yield count
    if is_terminal and shown >= 0:
        say("")
