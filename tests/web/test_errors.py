"""Error pages are friendly, in the reader's language, and JSON for programs."""

from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from trace.capture.recording import Recorder
from trace.domain.errors import ClockRanBack, NotAllowed, NotFound, refuse
from trace.repository.instance import create_instance
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

CODES = (400, 403, 404, 413, 429, 500, 503)


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    app: Flask = create_app(Settings(instance=tmp_path))

    @app.get("/fail/<int:code>")
    @app.get("/api/v1/fail/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/break")
    def break_down() -> str:
        raise RuntimeError("a secret of the inside")

    @app.get("/refuse/<name>")
    def refusing(name: str) -> str:
        raise {
            "refused": refuse("field", "Example data"),
            "allowed": NotAllowed("x"),
            "found": NotFound("x"),
            "clock": ClockRanBack("x"),
        }[name]

    return app.test_client()


@pytest.mark.parametrize("code", CODES)
def test_every_error_has_a_page_in_both_languages_with_the_way_back(
    client: FlaskClient, code: int
) -> None:
    chinese = client.get(f"/fail/{code}?lang=zh")
    english = client.get(f"/fail/{code}?lang=en")
    assert chinese.status_code == english.status_code == code
    assert 'href="/"' in chinese.text
    assert "回首页" in chinese.text
    assert "To the first page" in english.text


def test_programs_get_problem_details(client: FlaskClient) -> None:
    answer = client.get("/api/v1/fail/404")
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["status"] == 404


def test_a_missing_page_offers_a_box_for_the_code(client: FlaskClient) -> None:
    assert '<input id="f-code" name="code"' in client.get("/nothing").text


def test_a_broken_page_says_nothing_of_the_inside(client: FlaskClient) -> None:
    answer = client.get("/break")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "code"), [("refused", 422), ("allowed", 403), ("found", 404), ("clock", 503)]
)
def test_errors_of_the_domain_have_their_pages(client: FlaskClient, name: str, code: int) -> None:
    assert client.get(f"/refuse/{name}").status_code == code


def test_a_refusal_nobody_caught_names_its_reason(client: FlaskClient) -> None:
    assert "示例数据" in client.get("/refuse/refused?lang=zh").text


def test_a_wrong_method_names_the_right_one(client: FlaskClient) -> None:
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_health_answers_without_the_record_and_readiness_names_what_is_missing(
    tmp_path: Path,
) -> None:
    gone = create_app(Settings(instance=tmp_path / "gone")).test_client()
    assert gone.get("/healthz").status_code == 200
    assert gone.get("/readyz").status_code == 503
    unopened = create_app(Settings(instance=tmp_path)).test_client().get("/readyz")
    assert (unopened.status_code, unopened.text) == (503, "no instance is opened\n")


def test_an_opened_instance_is_ready(tmp_path: Path) -> None:
    instance = create_instance(tmp_path / "new", "farm.example")
    app = create_app(Settings(instance=instance.folder))
    app.extensions["house"] = House(instance, Recorder(instance))
    try:
        assert app.test_client().get("/readyz").status_code == 200
    finally:
        instance.database.close()
