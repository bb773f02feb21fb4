"""Two questions of an operator's machinery: is the process alive, and can it work."""

from flask import Blueprint, Response, g

from .settings import current_settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Always ok while the process answers at all."""
    g.no_language = True
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Ok when the instance folder with the record is there, else 503 with the reason."""
    g.no_language = True
    if not current_settings().instance.is_dir():
        return Response("the instance folder is missing\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
