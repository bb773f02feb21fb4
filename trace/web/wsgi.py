"""The application with its instance, as a server loads it in each process."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from ..capture.recording import Recorder
from ..query.instances import open_instance
from . import create_app
from .access import House
from .settings import Settings, load_settings

INSTANCE = "QIJIMU_INSTANCE"
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "instance"


def instance_folder(environ: Mapping[str, str]) -> Path:
    """The folder of the instance that the environment names, else the one of this checkout."""
    return Path(environ.get(INSTANCE) or DEFAULT_FOLDER).resolve()


def make_app(settings: Settings | None = None) -> Flask:
    """Open the instance and make the application for it; nothing is made or migrated.

    Without settings they come from the environment, the instance's folder from QIJIMU_INSTANCE.
    Raises NoInstance, SettingsError.
    """
    instance = open_instance(settings.instance if settings else instance_folder(os.environ))
    if settings is None:
        settings = load_settings(instance.folder, os.environ, is_example=instance.is_example)
    app = create_app(settings)
    app.extensions["house"] = House(instance, Recorder(instance))
    return app
