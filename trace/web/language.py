"""Two languages: which one a request gets, and one catalogue made of everybody's .po files.

English is written in the code, Chinese stands in `translations/zh/LC_MESSAGES/<domain>.po`. Each
.po file there is a domain; plain `gettext` looks through all of them, so nobody shares a file.
"""

import re
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale

from .settings import current_settings
from .words import TEMPLATE_WORDS

TRANSLATIONS = Path(__file__).parent / "translations"
LANGUAGES = ("zh", "en")
COOKIE = "qijimu-lang"

_HTML_NAMES = {"zh": "zh-CN", "en": "en"}


def domains(folder: Path = TRANSLATIONS) -> tuple[str, ...]:
    """The names of all Chinese catalogues, one per kind of user."""
    return tuple(sorted(path.stem for path in (folder / "zh" / "LC_MESSAGES").glob("*.po")))


def check_catalogues(folder: Path = TRANSLATIONS) -> None:
    """Raise RuntimeError when a catalogue is not compiled or older than its source."""
    stale = []
    for source in sorted((folder / "zh" / "LC_MESSAGES").glob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            stale.append(source.name)
    if stale:
        names = ", ".join(stale)
        raise RuntimeError(f"translations are not compiled: {names}. Run: make install")


def choose_language() -> str:
    """`?lang=`, else the remembered choice, else the browser's first of ours, else Chinese."""
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    # Not best_match(): it takes "en" out of "zh-CN, en;q=0.5", spelt as we spell it.
    for tag, quality in request.accept_languages:
        name = re.split("[-_]", tag)[0].lower()
        if quality and name in LANGUAGES:
            return name
    return "zh"


def current_language() -> str:
    """`zh` or `en`, for this request; Chinese outside of one."""
    try:
        return str(g.language)
    except RuntimeError:
        return "zh"
    except AttributeError:
        locale = get_locale()
        g.language = str(locale.language) if locale else "zh"
        return str(g.language)


def html_language() -> str:
    """The value of the page's lang attribute."""
    return _HTML_NAMES[current_language()]


def other_language_url() -> str:
    """This page in the other language; what was asked for stays asked for."""
    other = "en" if current_language() == "zh" else "zh"
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*asked, ('lang', other)])}"


def _remember_choice(response: Response) -> Response:
    if request.endpoint == "static" or g.get("no_language"):
        return response
    response.headers["Content-Language"] = html_language()
    response.vary.update(("Accept-Language", "Cookie"))
    choice = request.args.get("lang")
    if choice in LANGUAGES and choice != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE,
            choice,
            max_age=365 * 24 * 3600,
            secure=current_settings().is_https,
            httponly=True,
            samesite="Lax",
        )
    return response


def speak(app: Flask) -> None:
    """Load all catalogues and choose a language for every request."""
    check_catalogues()
    names = domains()
    Babel(
        app,
        default_locale="zh",
        # flask-babel pairs the n-th domain with the n-th folder, hence the folder once per domain.
        default_domain=";".join(names),
        default_translation_directories=";".join([str(TRANSLATIONS)] * len(names)),
        locale_selector=choose_language,
    )
    app.after_request(_remember_choice)
    app.jinja_env.globals.update(
        TEMPLATE_WORDS,
        page_language=html_language,
        current_language=current_language,
        other_language_url=other_language_url,
    )
