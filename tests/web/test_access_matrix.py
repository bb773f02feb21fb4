"""Who may open what: every route of the application x every role x own and other co-op.

The routes are read from the application, the rights from the table of roles, so that a new page is
covered the moment it exists. A page without a deed, or of a parameter nobody can fill, fails here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.access_bodies import BODIES, ELSEWHERE, NAMES_THINGS, PARAMETERS, PUBLIC
from tests.web.two_coops import Coop, TwoCoops, make_two_coops
from trace.capture.drilling import start_drill
from trace.capture.recalling import RecallOrder, recall
from trace.domain.recall_causes import AskedCause
from trace.domain.roles import DEEDS, ROLES, may
from trace.web import create_app
from trace.web.settings import Settings

Form = dict[str, str]
TABLES = (
    *("entry", "event", "declared", "submission", "inbox", "file", "unit", "job", "print_job"),
    *("account", "membership", "invitation", "session"),
    *("recall_contact", "recall_link", "drill", "drill_step"),
)


def _routes() -> list[tuple[Rule, str]]:
    app = create_app(Settings(instance=Path("nowhere")))
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


ROUTES = _routes()
SIGNED_IN = [(rule, method) for rule, method in ROUTES if rule.endpoint not in PUBLIC]
NAMES = [f"{method} {rule.rule}" for rule, method in SIGNED_IN]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    two = make_two_coops(tmp_path_factory.mktemp("two"))
    for coop in (two.ours, two.theirs):
        _recall_what_was_sent(two, coop)
    return two


def _recall_what_was_sent(two: TwoCoops, coop: Coop) -> None:
    """Recall a lot that the customer got, and practise a recall: here alone, for its pages."""
    ids, manager = coop.ids, coop.actors["manager"]
    taken = {"takes": [{"node": ids["planting"], "quantity": "3"}]}
    _, picked = two.record(coop, "grower", "harvesting", taken)
    made = {"takes": [{"node": picked, "quantity": "3"}], "packed_quantity": "6", "unit": "bundle"}
    _, lot = two.record(coop, "packer", "packing", made)
    gone = {"lots": [{"node": lot, "quantity": "6", "unit": "bundle"}], "customer": ids["customer"]}
    two.record(coop, "packer", "shipping", gone)
    order = RecallOrder((lot,), f"{coop.mark}再召回")
    receipt = recall(two.recorder, manager, order, f"reaching-{coop.coop_id}")
    ids["reaching recall"] = receipt.entry_ids[0]
    asked = AskedCause("planting", (ids["planting"],))
    ids["drill"] = start_drill(two.recorder, manager, asked, f"drill-{coop.coop_id}")


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def _deed(two: TwoCoops, rule: Rule) -> str:
    return str(getattr(two.app.view_functions[rule.endpoint], "deed", ""))


def _thing(name: str, coop: Coop, role: str) -> str:
    if name.startswith("="):
        return name[1:]
    return coop.ids[f"{role} membership" if name == "own membership" else name]


def _names(rule: Rule) -> dict[str, str]:
    """Each parameter of an address, and the thing of a co-op that fills it."""
    usual = {name: PARAMETERS[name] for name in rule.arguments if name in PARAMETERS}
    return usual | ELSEWHERE.get(rule.endpoint, {})


def _address(two: TwoCoops, rule: Rule, filled: dict[str, str]) -> str:
    with two.app.test_request_context():
        built = two.app.url_map.bind("localhost").build(rule.endpoint, filled)
    return urlsplit(built).path


def _send(
    two: TwoCoops, rule: Rule, method: str, role: str, filled: dict[str, str],
    body: dict[str, str], query: dict[str, str] | None = None,
) -> TestResponse:  # fmt: skip
    client: FlaskClient = two.client(role)
    address = _address(two, rule, filled)
    answer = client.open(
        address, method=method, query_string=query or {}, buffered=True,
        data=MultiDict(body) if method != "GET" else None,
    )  # fmt: skip
    assert answer.status_code < 500, f"{method} {address} as {role}: {answer.status_code}"
    return answer


def _body(rule: Rule, role: str, coop: Coop, other: Coop | None = None, of: str = "") -> Form:
    """The form of a route filled with the things of one co-op, the field `of` with another's."""
    form = {}
    for name, thing in BODIES.get(rule.endpoint, {}).items():
        whose = other if other and name == of else coop
        inside = re.search(r"{(\w+)}", name)
        field = name.replace(inside[0], whose.ids[inside[1]]) if inside else name
        form[field] = _thing(thing, whose, role)
    return form


def _own(two: TwoCoops, rule: Rule, role: str, coop: Coop) -> tuple[Form, Form]:
    filled = {name: _thing(thing, coop, role) for name, thing in _names(rule).items()}
    return filled, _body(rule, role, coop)


def _shows(answer: TestResponse, coop: Coop) -> bool:
    return coop.mark.encode() in answer.data


def _state(two: TwoCoops) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a deed writes to."""
    with two.instance.database.reading() as connection:
        return {
            table: [tuple(row) for row in connection.execute(f"SELECT * FROM {table}").fetchall()]
            for table in TABLES
        }


def test_every_route_has_a_deed_or_is_public(built: TwoCoops) -> None:
    bare = {rule.endpoint for rule, _ in SIGNED_IN if not _deed(built, rule)}
    assert bare == set(), "mark these with @deed, or name them in PUBLIC"


def test_every_deed_of_a_route_is_in_the_table_of_roles(built: TwoCoops) -> None:
    assert {_deed(built, rule) for rule, _ in SIGNED_IN} <= set(DEEDS)


def test_no_public_page_has_a_deed(built: TwoCoops) -> None:
    public = [rule for rule, _ in ROUTES if rule.endpoint in PUBLIC]
    assert {rule.endpoint for rule in public if _deed(built, rule)} == set()


def test_every_parameter_of_an_address_can_be_filled() -> None:
    unknown = {
        name
        for rule, _ in SIGNED_IN
        for name in rule.arguments
        if name not in _names(rule) and name not in (rule.defaults or {})
    }
    assert unknown == set(), "say in PARAMETERS what fills these"


@pytest.mark.parametrize(("rule", "method"), SIGNED_IN, ids=NAMES)
def test_a_stranger_is_sent_to_the_sign_in_page(two: TwoCoops, rule: Rule, method: str) -> None:
    filled, body = _own(two, rule, "manager", two.ours)
    answer = two.app.test_client().open(_address(two, rule, filled), method=method, data=body)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(("rule", "method"), SIGNED_IN, ids=NAMES)
def test_a_route_is_refused_to_exactly_the_roles_that_may_not(
    two: TwoCoops, rule: Rule, method: str
) -> None:
    before = _state(two)
    forbidden = [role for role in ROLES if not may(role, _deed(two, rule))]
    for role in forbidden:
        answer = _send(two, rule, method, role, *_own(two, rule, role, two.ours))
        assert answer.status_code == 403, role
    assert _state(two) == before, "a refused role changed something"
    for role in ROLES:
        if role not in forbidden:
            answer = _send(two, rule, method, role, *_own(two, rule, role, two.ours))
            assert answer.status_code != 403, role
            assert not answer.headers.get("Location", "").startswith("/sign-in?"), role


@pytest.mark.parametrize(("rule", "method"), SIGNED_IN, ids=NAMES)
def test_a_thing_of_another_coop_in_the_address_is_not_found(
    two: TwoCoops, rule: Rule, method: str
) -> None:
    things = {name: thing for name, thing in _names(rule).items() if not thing.startswith("=")}
    before = _state(two)
    for role in (role for role in ROLES if may(role, _deed(two, rule))):
        for name, thing in things.items():
            filled, body = _own(two, rule, role, two.ours)
            filled[name] = two.theirs.ids[thing]
            answer = _send(two, rule, method, role, filled, body)
            assert answer.status_code in (403, 404), f"{role} named another co-op's {thing}"
            assert not _shows(answer, two.theirs)
    assert _state(two) == before


@pytest.mark.parametrize(("rule", "method"), SIGNED_IN, ids=NAMES)
def test_a_thing_of_another_coop_in_a_form_or_question_changes_and_shows_nothing(
    two: TwoCoops, rule: Rule, method: str
) -> None:
    everything = {name: two.theirs.ids[thing] for name, thing in NAMES_THINGS.items()}
    before = _state(two)
    for role in (role for role in ROLES if may(role, _deed(two, rule))):
        filled, _ = _own(two, rule, role, two.ours)
        if method == "GET":
            answer = _send(two, rule, method, role, filled, {}, everything)
            assert not _shows(answer, two.theirs), role
            continue
        for name, thing in BODIES.get(rule.endpoint, {}).items():
            if thing.startswith("=") and "{" not in name:
                continue
            form = _body(rule, role, two.ours, two.theirs, name)
            answer = _send(two, rule, method, role, filled, form)
            assert not _shows(answer, two.theirs), f"{role}: {name}"
            assert _state(two) == before, f"{role} named another co-op's {thing} in {name}"


FORMS = [(rule, method) for rule, method in SIGNED_IN if rule.endpoint in BODIES]


@pytest.mark.parametrize(("rule", "method"), FORMS, ids=[rule.endpoint for rule, _ in FORMS])
def test_the_same_form_with_things_of_ours_is_taken(two: TwoCoops, rule: Rule, method: str) -> None:
    role = DEEDS[_deed(two, rule)][0]
    filled, body = _own(two, rule, role, two.ours)
    answer = _send(two, rule, method, role, filled, body)
    assert answer.status_code in (200, 303), re.sub("<[^>]+>", " ", answer.text)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_another_coop_is_on_any_page_of_ours(two: TwoCoops, role: str) -> None:
    for rule, method in SIGNED_IN:
        if method == "GET" and may(role, _deed(two, rule)):
            filled, _ = _own(two, rule, role, two.ours)
            answer = _send(two, rule, method, role, filled, {})
            assert answer.status_code in (200, 302, 303, 404), rule.rule
            assert not _shows(answer, two.theirs), rule.rule


def test_a_session_of_a_membership_that_ended_opens_nothing(two: TwoCoops) -> None:
    manager = two.client("manager")
    assert two.client("packer").get("/packing").status_code == 200
    manager.post(f"/manage/people/{two.ours.ids['membership']}/end")
    assert two.client("packer").get("/packing").headers["Location"].startswith("/sign-in")
