"""Addresses of our own styles and pictures, with a hash of their content, cached for a year."""

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup

from .security import allow_source, style_hash

STATIC = Path(__file__).parent / "static"

_YEAR = "public, max-age=31536000, immutable"


@cache
def content_hash(name: str) -> str:
    """Ten hex digits of a static file's SHA-256; FileNotFoundError for a name we do not have."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static_url(name: str) -> str:
    """The address of a static file: `static_url("icon.svg")` -> `/static/icon.svg?v=9f2c…`."""
    return f"/static/{name}?v={content_hash(name)}"


@cache
def stylesheet(*names: str) -> str:
    """Several stylesheets as one short text: comments and needless blanks gone."""
    text = "".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    return text.replace(": ", ":").replace(";}", "}").strip()


def inline_style(*names: str) -> Markup:
    """A `<style>` of these stylesheets, its hash added to this answer's Content-Security-Policy."""
    style = stylesheet(*names)
    allow_source("style-src", style_hash(style))
    return Markup("<style>{}</style>").format(Markup(style))  # noqa: S704 - our own file


def _cache_static(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        name = (request.view_args or {}).get("filename", "")
        current = request.args.get("v") == content_hash(name)
        response.headers["Cache-Control"] = _YEAR if current else "no-cache"
    return response


def serve_static(app: Flask) -> None:
    """Add the caching rule and the two template names."""
    app.after_request(_cache_static)
    app.jinja_env.globals.update(static_url=static_url, inline_style=inline_style)
