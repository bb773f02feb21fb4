"""Friendly pages for what goes wrong, in both languages, with the way back; JSON for machines."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..domain.errors import N_, ClockRanBack, NotAllowed, NotFound, Refused
from .security import is_trusted_host
from .settings import current_settings
from .templating import problem_text
from .words import _

_MACHINE_PATHS = ("/api/", "/epcis/")


@dataclass(frozen=True)
class ErrorPage:
    """What a page of this error says, beside which picture."""

    picture: str
    title: str
    words: str


PAGES = {
    400: ErrorPage(
        "thinking",
        N_("That did not come through"),
        N_("Something in the address or the form could not be read. Go back and try again."),
    ),
    403: ErrorPage(
        "lock",
        N_("This page is not for you"),
        N_(
            "You are signed in as somebody who may not do this, or the form came from another site."
        ),
    ),
    404: ErrorPage(
        "magnifier",
        N_("There is nothing here"),
        N_("The address or the code may be mistyped. You can type the code of a label here."),
    ),
    413: ErrorPage(
        "camera",
        N_("That is too big to send"),
        N_("All photos and files together may be at most 64 MB. Go back and send fewer at a time."),
    ),
    429: ErrorPage(
        "worried",
        N_("Too many tries in a short time"),
        N_("Wait a few minutes, then try again. Nothing is lost."),
    ),
    500: ErrorPage(
        "worried",
        N_("Something broke here"),
        N_("It is our fault, not yours. What was saved is still there. Try again in a while."),
    ),
    503: ErrorPage(
        "worried",
        N_("Please wait a little"),
        N_("The server cannot save anything just now. What you have not sent yet stays with you."),
    ),
}


def _nearest(code: int) -> int:
    if code in PAGES:
        return code
    return {405: 404, 410: 404, 422: 400, 401: 403}.get(code, 400 if code < 500 else 500)


def is_for_machine() -> bool:
    """Whether the answer goes to a program rather than to a person."""
    return request.path.startswith(_MACHINE_PATHS)


def error_answer(code: int, details: tuple[str, ...] = ()) -> Response:
    """The page for an HTTP error, or RFC 9457 JSON; `details` are sentences already translated."""
    page = PAGES[_nearest(code)]
    if is_for_machine():
        response = jsonify(
            status=code,
            title=HTTPStatus(code).phrase,
            detail=" ".join(details) or _(page.words),
        )
        response.mimetype = "application/problem+json"
    else:
        shown = render_template("errors/error.html", code=code, page=page, details=details)
        response = make_response(shown)
    response.status_code = code
    return response


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    if not is_trusted_host(request.headers.get("Host"), current_settings()):
        # Nothing of a page: an unknown host must not see even its links.
        words = "This server does not answer to that host name. Add it to TRUSTED_HOSTS.\n"
        return Response(words, 400, mimetype="text/plain")
    code = error.code or 500
    if 300 <= code < 400:
        return error
    answer = error_answer(code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _refused(error: Refused) -> ResponseReturnValue:
    return error_answer(422, tuple(problem_text(problem) for problem in error.problems))


def _not_allowed(_error: NotAllowed) -> ResponseReturnValue:
    return error_answer(403)


def _not_found(_error: NotFound) -> ResponseReturnValue:
    return error_answer(404)


def _clock_ran_back(_error: ClockRanBack) -> ResponseReturnValue:
    answer = error_answer(503, (_("The clock of the server is wrong; the operator must set it."),))
    answer.headers["Retry-After"] = "60"
    return answer


def show_errors(app: Flask) -> None:
    """Register the pages. An unexpected error is logged by Flask and shown as 500."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(ClockRanBack, _clock_ran_back)
