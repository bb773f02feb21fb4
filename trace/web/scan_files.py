"""Photos and papers that a public page shows, by their hash: never changed, so kept for a year."""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, g, request, send_file

from ..domain.errors import NotFound
from ..query.public_files import Size, public_file
from .access import house

blueprint = Blueprint("scan_files", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
SANDBOX = "default-src 'none'; sandbox"
_SIZES: dict[str, Size] = {"card": "card", "page": "page", "original": "original"}
_HASH = re.compile(r"[0-9a-f]{64}")


@blueprint.get("/photo/<sha256>")
def photo(sha256: str) -> Response:
    """A photo, or a paper's first page, as JPEG; `?size=` card, page (the default), original."""
    size = _SIZES.get(request.args.get("size", "page"))
    if size is None:
        abort(404)
    path = _kept(sha256, size)
    if path.suffix != ".jpg":
        abort(404)
    return _sent(path, "image/jpeg")


@blueprint.get("/file/<sha256>")
def file(sha256: str) -> Response:
    """A paper as it was handed in: a PDF to keep, or the photo of one."""
    path = _kept(sha256, "original")
    if path.suffix == ".jpg":
        return _sent(path, "image/jpeg")
    return _sent(path, "application/pdf", f"report-{sha256[:8]}.pdf")


def _kept(sha256: str, size: Size) -> Path:
    if not _HASH.fullmatch(sha256):
        abort(404)
    try:
        return public_file(house().instance, sha256, size)
    except NotFound:
        abort(404)


def _sent(path: Path, media_type: str, name: str = "") -> Response:
    g.no_language = True
    response = send_file(
        path,
        media_type,
        as_attachment=bool(name),
        download_name=name or None,
        conditional=True,
        etag=path.parent.name + path.name,
    )
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
