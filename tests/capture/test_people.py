"""Invitations work once, within a day; sessions end when they are told to."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from trace.capture import people
from trace.capture.people import (
    NewSession,
    accept_invitation,
    choose_coop,
    end_membership,
    invite,
    invite_as_operator,
    sign_in_as,
    sign_out,
    sign_out_everywhere,
    token_hash,
)
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.repository import people as stored
from trace.repository.database import Row
from trace.repository.instance import EXAMPLE, write_fact

from .small_farm import SmallFarm


def join(farm: SmallFarm, role: str = "grower") -> NewSession:
    token = invite(farm.recorder, farm.actor(), role, farm.ids[role])
    return accept_invitation(farm.recorder, token, "phone")


def session(farm: SmallFarm, token: str) -> Row:
    with farm.instance.database.reading() as connection:
        found = stored.session(connection, token_hash(token))
    assert found is not None
    return found


def test_an_invitation_signs_in_as_the_party_and_role_it_names(farm: SmallFarm) -> None:
    joined = join(farm)
    found = session(farm, joined.token)
    assert (found["coop_id"], found["role"], found["party_id"], found["device"]) == (
        farm.coop_id, "grower", farm.ids["grower"], "phone",
    )  # fmt: skip
    assert (joined.role, joined.membership_id) == ("grower", found["membership_id"])


def test_an_invitation_works_once(farm: SmallFarm) -> None:
    token = invite(farm.recorder, farm.actor(), "grower", farm.ids["grower"])
    accept_invitation(farm.recorder, token, "phone")
    with pytest.raises(Refused, match="already used"):
        accept_invitation(farm.recorder, token, "another phone")


@pytest.mark.parametrize(("hours", "works"), [(23.99, True), (24, False), (100, False)])
def test_an_invitation_lives_a_day(farm: SmallFarm, hours: float, works: bool) -> None:
    token = invite(farm.recorder, farm.actor(), "grower", farm.ids["grower"])
    farm.wait(hours=hours)
    if works:
        assert accept_invitation(farm.recorder, token, "phone").token
    else:
        with pytest.raises(Refused, match="older than 24 hours"):
            accept_invitation(farm.recorder, token, "phone")


@pytest.mark.parametrize("token", ["", "guess", "x" * 5000, "邀请"])
def test_an_unknown_invitation_is_refused(farm: SmallFarm, token: str) -> None:
    with pytest.raises(Refused, match="not known"):
        accept_invitation(farm.recorder, token, "phone")


def test_two_threads_with_one_invitation_are_one_session(farm: SmallFarm) -> None:
    token = invite(farm.recorder, farm.actor(), "grower", farm.ids["grower"])

    def try_once(number: int) -> bool:
        try:
            accept_invitation(farm.recorder, token, f"phone {number}")
        except Refused:
            return False
        finally:
            farm.instance.database.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        won = list(threads.map(try_once, range(8)))
    assert sorted(won) == [False] * 7 + [True]
    with farm.instance.database.reading() as connection:
        assert len(stored.memberships_in(connection, farm.coop_id)) == 1


def test_no_token_is_stored(farm: SmallFarm) -> None:
    invitation = invite(farm.recorder, farm.actor(), "grower", farm.ids["grower"])
    joined = accept_invitation(farm.recorder, invitation, "phone")
    with farm.instance.database.reading() as connection:
        dump = "\n".join(
            str(tuple(row))
            for table in ("invitation", "session", "account", "membership")
            for row in connection.execute(f"SELECT * FROM {table}").fetchall()
        )
    assert joined.token not in dump
    assert invitation not in dump
    assert token_hash(joined.token) in dump


def test_a_new_phone_joins_the_same_account(farm: SmallFarm) -> None:
    first, second = join(farm), join(farm)
    assert session(farm, first.token)["account_id"] == session(farm, second.token)["account_id"]
    assert first.membership_id == second.membership_id
    assert first.token != second.token


def test_another_role_is_another_membership(farm: SmallFarm) -> None:
    assert join(farm, "grower").membership_id != join(farm, "packer").membership_id


def test_a_membership_that_ended_is_not_joined_again(farm: SmallFarm) -> None:
    first = join(farm)
    end_membership(farm.recorder, farm.actor(), first.membership_id)
    assert join(farm).membership_id != first.membership_id


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_invite_and_end(farm: SmallFarm, role: str) -> None:
    with pytest.raises(NotAllowed):
        invite(farm.recorder, farm.actor(role), "manager", farm.ids["grower"])
    with pytest.raises(NotAllowed):
        end_membership(farm.recorder, farm.actor(role), "M")
    with pytest.raises(NotAllowed):
        sign_out_everywhere(farm.recorder, farm.actor(role), "A")


def test_a_role_nobody_knows_is_not_given(farm: SmallFarm) -> None:
    with pytest.raises(Refused, match="owner is not a role"):
        invite(farm.recorder, farm.actor(), "owner", farm.ids["grower"])


def test_nobody_of_another_co_op_is_invited(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    for party in (theirs.ids["grower"], "NOBODY"):
        with pytest.raises(NotFound):
            invite(farm.recorder, farm.actor(), "grower", party)
        with pytest.raises(NotFound):
            invite_as_operator(farm.recorder, farm.coop_id, "grower", party)


def test_the_operator_invites_without_being_signed_in(farm: SmallFarm) -> None:
    token = invite_as_operator(farm.recorder, farm.coop_id, "manager", farm.ids["manager"])
    assert accept_invitation(farm.recorder, token, "desk").role == "manager"


def test_ending_a_membership_signs_its_devices_out(farm: SmallFarm) -> None:
    joined = join(farm)
    end_membership(farm.recorder, farm.actor(), joined.membership_id)
    found = session(farm, joined.token)
    assert found["revoked_at"]
    assert found["membership_ended"]


def test_nobody_of_another_co_op_is_ended_or_signed_out(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    joined = join(theirs)
    account_id = session(farm, joined.token)["account_id"]
    with pytest.raises(NotFound):
        end_membership(farm.recorder, farm.actor(), joined.membership_id)
    with pytest.raises(NotFound):
        sign_out_everywhere(farm.recorder, farm.actor(), account_id)
    assert not session(farm, joined.token)["revoked_at"]


def test_signing_out_ends_one_device(farm: SmallFarm) -> None:
    first, second = join(farm), join(farm)
    sign_out(farm.recorder, first.token)
    assert session(farm, first.token)["revoked_at"]
    assert not session(farm, second.token)["revoked_at"]


def test_a_stolen_phone_is_signed_out_with_all_the_others(farm: SmallFarm) -> None:
    first, second = join(farm), join(farm)
    account_id = session(farm, first.token)["account_id"]
    sign_out_everywhere(farm.recorder, farm.actor(), account_id)
    assert session(farm, first.token)["revoked_at"]
    assert session(farm, second.token)["revoked_at"]


def test_a_session_moves_among_the_memberships_of_its_account_only(farm: SmallFarm) -> None:
    joined, other = join(farm), join(farm, "packer")
    account_id = session(farm, joined.token)["account_id"]
    with farm.instance.database.writing() as connection:
        stored.add_membership(
            connection, membership_id="M2", account_id=account_id, coop_id="elsewhere",
            role="manager", party_id="P", created_at="2026-03-01T01:00:00.000Z",
        )  # fmt: skip
    choose_coop(farm.recorder, joined.token, "M2")
    assert session(farm, joined.token)["coop_id"] == "elsewhere"
    for wrong in (other.membership_id, "NONE"):
        with pytest.raises(NotFound):
            choose_coop(farm.recorder, joined.token, wrong)
    end_membership(farm.recorder, farm.actor(), joined.membership_id)
    with pytest.raises(NotFound):
        choose_coop(farm.recorder, joined.token, joined.membership_id)
    with pytest.raises(NotFound):
        choose_coop(farm.recorder, "no token", "M2")


def test_only_an_example_signs_anybody_in_without_an_invitation(farm: SmallFarm) -> None:
    member = join(farm).membership_id
    with pytest.raises(NotAllowed):
        sign_in_as(farm.recorder, member, "phone")
    with farm.instance.database.writing() as connection:
        write_fact(connection, EXAMPLE, "yes")
    assert sign_in_as(farm.recorder, member, "phone").role == "grower"
    with pytest.raises(NotFound):
        sign_in_as(farm.recorder, "NONE", "phone")
    end_membership(farm.recorder, farm.actor(), member)
    with pytest.raises(NotFound):
        sign_in_as(farm.recorder, member, "phone")


def test_a_session_lives_half_a_year(farm: SmallFarm) -> None:
    found = session(farm, join(farm).token)
    assert found["expires_at"] == "2026-08-28T01:00:00.000Z"
    assert people.SESSION_LIVES.days == 180


def test_a_coop_begins_with_its_manager_or_not_at_all(farm: SmallFarm) -> None:
    with pytest.raises(Refused, match="Name"):
        people.found_coop(farm.recorder, {"name": "新社", "time_zone": "Asia/Shanghai"}, {})
    with farm.instance.database.reading() as connection:
        coops = connection.execute("SELECT COUNT(*) FROM declared WHERE noun='coop'").fetchone()
    assert coops[0] == 1
