"""Two questions of an operator's machinery: is the process alive, and can it work."""

from flask import Blueprint, Response, current_app, g

from .access import House
from .settings import current_settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Always ok while the process answers at all."""
    g.no_language = True
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Ok when the record can be read, else 503 with the reason; a database that fails is a 500."""
    g.no_language = True
    if not current_settings().instance.is_dir():
        return Response("the instance folder is missing\n", 503, mimetype="text/plain")
    house: House | None = current_app.extensions.get("house")
    if house is None:
        return Response("no instance is opened\n", 503, mimetype="text/plain")
    house.instance.fact("origin")
    return Response("ok\n", mimetype="text/plain")
