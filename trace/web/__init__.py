"""HTTP only: parse, call one function, answer. Forbidden: SQL, rules, labels (but for packing).

Adding pages
    Make `trace/web/NAME.py` with `blueprint = Blueprint("NAME", __name__)` and add NAME to
    BLUEPRINTS below. Templates extend `base_scan.html` (shoppers), `base_phone.html` (growers) or
    `base_desk.html` (everyone at a desk) and use the macros of `templates/parts/`:

        {% import "parts/pieces.html" as pieces with context %}
        {% import "parts/form.html" as form with context %}

    `icon("ok")`, `picture("cucumber", 48)`, `scene("cucumber")`, `static_url("css/desk.css")`,
    `current_language()` and the filters of `templating.py` are there everywhere. No style attribute
    and no inline script anywhere: the policy refuses both. Widths that depend on numbers are drawn
    as SVG attributes (`pieces.bar`).

Reporting problems
    A view shows all problems at once, keeps what was typed and answers 422:

        except Refused as refused:
            return render_template("farm/spray.html", problems=refused.problems,
                                   typed=request.form), 422

    A problem is the domain's `Problem`; `|problem_text` translates it. `form.problem_box()` lists
    them with links to their fields; each field macro marks its own. `typed` is a MultiDict (give
    defaults as `MultiDict(...)` on GET). Field ids are `f-NAME`. 403, 404 and the like: `abort(…)`;
    `NotFound`, `NotAllowed`, `Refused` and `ClockRanBack` of the domain have pages of their own.

Translations
    English in the code: `from .words import _, ngettext` in Python, `_("…")` and `ngettext` in
    templates, `N_` of the domain in tables. A bare per cent sign is `%%` in templates. Chinese:
    `translations/zh/LC_MESSAGES/NAME.po`, one file for each kind of user: web, scan, farm, packing,
    manage, problems. Every .po file there is found by itself. List messages with
    `.venv/bin/pybabel extract -F trace/web/babel.cfg -k N_ -o FILE.pot .`, compile with
    `.venv/bin/pybabel compile -d trace/web/translations -D NAME` (or make install); a test names
    every message that has no Chinese, or two.

Answers
    Pages are `no-store` unless the view set Cache-Control. Settings: `current_settings()`. Session
    cookie: `security.read_session_cookie`, `set_session_cookie`, `clear_session_cookie`; there is
    no Flask session and no secret key. Redirect to a path out of a request by `own_address` only.
"""

from importlib import import_module
from pathlib import Path

from flask import Flask

from .access import tell_templates
from .errors import show_errors
from .language import speak
from .security import protect
from .settings import Settings, keep_settings
from .static_files import STATIC, serve_static
from .templating import furnish

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

BLUEPRINTS: tuple[str, ...] = (
    "health",
    "home",
    "signing_in",
    "scan",
    "scan_files",
    "packing",
    "farm",
    "manage",
    "inspect",
    "recalls",
)
"""Modules of this folder that each hold a `blueprint`; add yours at the end."""


def create_app(settings: Settings) -> Flask:
    """The web application for these settings."""
    app = Flask(
        __name__,
        template_folder=str(TEMPLATES),
        static_folder=str(STATIC),
        static_url_path="/static",
        instance_path=str(settings.instance.resolve()),
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    keep_settings(app, settings)
    protect(app, settings)
    serve_static(app)
    speak(app)
    furnish(app)
    tell_templates(app)
    show_errors(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f".{name}", __name__).blueprint)
    return app
