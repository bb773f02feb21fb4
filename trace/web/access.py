"""Who asks: the session behind a request, and the deed its page needs.

Every signed-in route is marked with the deed of `trace.domain.roles` that it needs; a test walks
the routes and fails where one has neither a deed nor a place in PUBLIC.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..capture.recording import Actor, Recorder
from ..domain.roles import may
from ..query.instances import Instance
from ..query.sessions import Session, session_of
from .inspector_door import closed_page, log_read
from .security import read_session_cookie

P = ParamSpec("P")


@dataclass(frozen=True)
class House:
    """What every view needs: the instance and the recorder that writes to it."""

    instance: Instance
    recorder: Recorder


def house() -> House:
    """The instance this application serves."""
    found: House = current_app.extensions["house"]
    return found


def current_session() -> Session | None:
    """The session of this request, looked up once."""
    if "session" not in g:
        token = read_session_cookie()
        recorder = house().recorder
        g.session = session_of(house().instance, token, recorder.clock()) if token else None
    session: Session | None = g.session
    return session


def signed_in() -> Session:
    """The session of a page that was reached through `deed`."""
    session = current_session()
    if session is None:
        abort(403)
    return session


def actor() -> Actor:
    """Who records: taken from the session, never from the request."""
    session = signed_in()
    return Actor(session.account_id, session.coop_id, session.role, session.party_id)


def deed(
    name: str,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Mark a view with its deed; who may not do it gets 403, strangers the sign-in page."""

    def mark(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            session = current_session()
            if session is None:
                return redirect(url_for("signing_in.sign_in", next=request.path))
            if not may(session.role, name):
                abort(403)
            if session.role != "inspector" or name == "use_session":
                return view(*args, **kwargs)
            if shut := closed_page(session, house().recorder.clock()):
                return shut
            answer = view(*args, **kwargs)
            log_read(house().recorder, actor(), answer)
            return answer

        guarded.deed = name  # type: ignore[attr-defined]  # read by the access matrix
        return guarded

    return mark


def can(name: str) -> bool:
    """Whether whoever asks may do this deed: what buttons read."""
    session = current_session()
    return session is not None and may(session.role, name)


def tell_templates(app: Flask) -> None:
    """Let templates ask who is signed in and what they may do."""
    app.jinja_env.globals.update(can=can, current_session=current_session)
