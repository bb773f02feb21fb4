"""`coop` and `invite`: links that let people in, once."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm
from tests.commands.operating import run
from trace.capture.people import accept_invitation
from trace.capture.recording import Recorder
from trace.domain.errors import Refused
from trace.query.sessions import session_of
from trace.repository import declared
from trace.repository.instance import EXAMPLE, Instance, open_instance, write_fact

LINK = "http://127.0.0.1:8000/invitation/"


def token_of(link: str) -> str:
    assert link.startswith(LINK) and link.endswith("\n"), link
    return link.removeprefix(LINK).strip()


def role_after(instance: Instance, token: str) -> str:
    recorder = Recorder(instance)
    return accept_invitation(recorder, token, "a phone").role


def parties(farm: SmallFarm) -> list[str]:
    with farm.instance.database.reading() as connection:
        return [one.text("name") for one in declared.all_current(connection, farm.coop_id, "party")]


def test_a_new_coop_has_a_manager_who_can_sign_in_once(folder: Path) -> None:
    run("init")
    answer = run("coop", "大丰收", "--name-en", "Bumper Harvest", "--manager", "赵建国")
    assert answer.exit_code == 0, answer.output
    instance, token = open_instance(folder), token_of(answer.stdout)
    session = accept_invitation(Recorder(instance), token, "a phone")
    signed_in = session_of(instance, session.token, Recorder(instance).clock())
    assert signed_in is not None and signed_in.role == "manager"
    with instance.database.reading() as connection:
        coop = declared.all_coops(connection)[0]
        party = declared.by_ids(connection, "party", [signed_in.party_id])[signed_in.party_id]
    assert (coop.text("name"), coop.text("name_en")) == ("大丰收", "Bumper Harvest")
    assert (coop.text("time_zone"), party.text("name")) == ("Asia/Shanghai", "赵建国")
    with pytest.raises(Refused):
        accept_invitation(Recorder(instance), token, "another phone")


def test_a_second_coop_of_the_same_name_is_refused(recorded: SmallFarm) -> None:
    answer = run("coop", "大丰收")
    assert answer.exit_code == 1 and "大丰收" in answer.stderr


def test_a_real_coop_is_not_founded_in_an_example(folder: Path) -> None:
    run("init")
    with open_instance(folder).database.writing() as connection:
        write_fact(connection, EXAMPLE, "1")
    answer = run("coop", "大丰收")
    assert answer.exit_code == 1 and "example" in answer.stderr
    assert open_instance(folder).is_empty


def test_a_time_zone_that_does_not_exist_is_a_usage_error(folder: Path) -> None:
    run("init")
    answer = run("coop", "大丰收", "--time-zone", "Asia/Qijimu")
    assert answer.exit_code == 2 and "Asia/Qijimu" in answer.stderr


def test_before_init_a_coop_is_refused_with_what_to_do(folder: Path) -> None:
    answer = run("coop", "大丰收")
    assert answer.exit_code == 1 and "run.py init" in answer.stderr


@pytest.mark.parametrize("called", ["大丰收", "Bumper Harvest", "id"])
def test_an_invitation_finds_the_coop_by_name_or_id(recorded: SmallFarm, called: str) -> None:
    name = recorded.coop_id if called == "id" else called
    answer = run("invite", "--coop", name, "--role", "packer", "--name", "李秀兰")
    assert answer.exit_code == 0, answer.output
    assert role_after(recorded.instance, token_of(answer.stdout)) == "packer"


def test_somebody_known_is_not_declared_twice(recorded: SmallFarm) -> None:
    before = parties(recorded)
    run("invite", "--coop", "大丰收", "--role", "grower", "--name", "王长财")
    assert parties(recorded) == before
    run("invite", "--coop", "大丰收", "--role", "grower", "--name", "刘小满")
    assert parties(recorded) == [*before, "刘小满"]


def test_an_unknown_coop_is_answered_with_those_there_are(recorded: SmallFarm) -> None:
    answer = run("invite", "--coop", "小丰收", "--role", "grower")
    assert answer.exit_code == 1 and "大丰收" in answer.stderr


def test_links_lead_to_the_public_address(
    recorded: SmallFarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://qijimu.example")
    answer = run("invite", "--coop", "大丰收", "--role", "inspector")
    assert answer.stdout.startswith("https://qijimu.example/invitation/")


def test_a_wrong_setting_is_named(recorded: SmallFarm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    answer = run("invite", "--coop", "大丰收", "--role", "inspector")
    assert answer.exit_code == 1 and "PORT" in answer.stderr
