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
from ..repository.instance import Instance, open_instance
from ..web.settings import Settings, SettingsError, load_settings
from ..web.wsgi import INSTANCE, instance_folder

__all__ = ["INSTANCE", "instance_folder"]

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
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from error

    return said


def opened_instance() -> Instance:
    """The instance that QIJIMU_INSTANCE names. Raises NoInstance."""
    return open_instance(instance_folder(os.environ))


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
    """Progress on stderr: a bar on a terminal, elsewhere a line each tenth."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=what, file=sys.stderr) as bar:
            yield lambda done: bar.update(done - bar.pos)
        return
    tenths = 0

    def line(done: int) -> None:
        nonlocal tenths
        if total and (now := done * 10 // total) > tenths:
            tenths = now
            say(f"{what}: {done} of {total}")

    yield line
