"""What every request must pass and every answer carries: hosts, posts, headers, cookies.

TRUST part 3. What runs before Flask uses `security_headers` and `is_trusted_host` too.
"""

import base64
import hashlib
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from .settings import Settings, current_settings

MAX_UPLOAD_BYTES = 64 * 1024 * 1024
MAX_FORM_FIELD_BYTES = 1024 * 1024
SESSION_SECONDS = 180 * 24 * 3600

_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_POLICY = {
    "default-src": ("'none'",),
    "img-src": ("'self'",),
    "style-src": ("'self'",),
    "script-src": ("'self'",),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
}


def content_security_policy(extra: dict[str, list[str]]) -> str:
    """The policy with further sources by directive, such as an inline stylesheet's hash."""
    return "; ".join(
        " ".join((directive, *sources, *extra.get(directive, ())))
        for directive, sources in _POLICY.items()
    )


def security_headers(settings: Settings, extra: dict[str, list[str]]) -> dict[str, str]:
    """The headers every answer carries, `extra` being what its page inlines."""
    headers = {
        "Content-Security-Policy": content_security_policy(extra),
        "X-Content-Type-Options": "nosniff",
        # Not no-referrer: Chromium then sends Origin: null with plain form posts.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    }
    if settings.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def style_hash(style: str) -> str:
    """The CSP source expression of one inline stylesheet."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def allow_source(directive: str, source: str) -> None:
    """Let this one answer use a further source, such as `blob:` in img-src for a preview."""
    extra: dict[str, list[str]] = g.setdefault("extra_sources", {})
    if directive not in _POLICY:
        raise ValueError(f"{directive!r} is not a directive of our policy: {', '.join(_POLICY)}")
    if source not in extra.setdefault(directive, []):
        extra[directive].append(source)


def is_trusted_host(host: str | None, settings: Settings) -> bool:
    """Whether a Host header names this server; ports are ignored."""
    return host_is_trusted(host, settings.answers_to)


def is_cross_site(method: str, headers: "dict[str, str]", own_hosts: set[str]) -> bool:
    """Whether another site made a person's browser send this. Reading is always allowed.

    Browsers of the last years say so in Sec-Fetch-Site, but only over https; older ones, and plain
    http, send Origin with every post. With neither header no browser of another site is speaking:
    those send one or the other, and Referer before that. So what is left are programs, which carry
    nobody's cookie but their own, and they pass; the SameSite cookie stands behind this check.
    """
    if method in _SAFE_METHODS:
        return False
    if site := headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = headers.get("Origin") or headers.get("Referer")
    return bool(origin) and urlsplit(origin).netloc.lower() not in own_hosts


def session_cookie_name(settings: Settings) -> str:
    """`__Host-qijimu` where the address is https; browsers refuse that prefix over plain http."""
    return "__Host-qijimu" if settings.is_https else "qijimu"


def read_session_cookie() -> str | None:
    """The session token the browser sent, if any."""
    return request.cookies.get(session_cookie_name(current_settings()))


def set_session_cookie(response: Response, token: str, seconds: int = SESSION_SECONDS) -> None:
    """Give the browser its session token; only the hash of it is kept here."""
    settings = current_settings()
    response.set_cookie(
        session_cookie_name(settings),
        token,
        max_age=seconds,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def clear_session_cookie(response: Response) -> None:
    """Take the session token back from the browser."""
    settings = current_settings()
    response.delete_cookie(
        session_cookie_name(settings),
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def own_address(path: str | None, otherwise: str = "/") -> str:
    """A path on this server to redirect to; whatever leads elsewhere becomes `otherwise`."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return otherwise
    if "\\" in path or any(ord(sign) < 0x21 for sign in path):
        return otherwise
    return path


def _refuse_strangers() -> None:
    settings = current_settings()
    if not is_trusted_host(request.headers.get("Host"), settings):
        abort(400, "This server does not answer to that host name.")
    if request.mimetype == "application/x-www-form-urlencoded":
        # Such a form is read whole into memory, whatever MAX_FORM_MEMORY_SIZE says.
        request.max_content_length = MAX_FORM_FIELD_BYTES
    own_hosts = {request.host.lower()} | {host for host in (settings.public_host,) if host}
    if is_cross_site(request.method, dict(request.headers), own_hosts):
        abort(403)


def _add_headers(response: Response) -> Response:
    headers = security_headers(current_settings(), g.get("extra_sources", {}))
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def protect(app: Flask, settings: Settings) -> None:
    """Put the checks before every view and the headers on every answer."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_UPLOAD_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM_FIELD_BYTES
    app.config["MAX_FORM_PARTS"] = 3000
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        # The Host header itself is checked, so X-Forwarded-Host is not believed.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    app.before_request(_refuse_strangers)
    app.after_request(_add_headers)
