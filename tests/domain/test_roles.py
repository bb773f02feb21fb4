"""Who may do what."""

import pytest

from trace.domain.errors import NotAllowed
from trace.domain.key_data import KEY_DATA
from trace.domain.roles import (
    DEEDS,
    EVENT_DEED,
    INSPECTION_DEED,
    ROLES,
    may,
    own_plots_only,
    require,
)

ALLOWED = [(role, deed) for deed, roles in DEEDS.items() for role in roles]
REFUSED = [(role, deed) for deed in DEEDS for role in ROLES if role not in DEEDS[deed]]


@pytest.mark.parametrize(("role", "deed"), ALLOWED)
def test_a_role_in_the_table_may(role: str, deed: str) -> None:
    require(role, deed)
    assert may(role, deed)


@pytest.mark.parametrize(("role", "deed"), REFUSED)
def test_a_role_not_in_the_table_may_not(role: str, deed: str) -> None:
    with pytest.raises(NotAllowed, match=f"the role {role} may not"):
        require(role, deed)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_role_nobody_knows_may_nothing(deed: str) -> None:
    assert not may("owner", deed)


def test_a_deed_nobody_knows_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        may("manager", "fly")


def test_the_table_names_known_roles_only() -> None:
    assert {role for roles in DEEDS.values() for role in roles} == set(ROLES)


def test_every_event_type_belongs_to_a_deed() -> None:
    assert set(EVENT_DEED) == set(KEY_DATA)
    assert {*EVENT_DEED.values(), *INSPECTION_DEED.values()} <= set(DEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_growers_alone_are_kept_to_their_own_plots(role: str) -> None:
    assert own_plots_only(role) == (role == "grower")


def test_neither_grower_nor_inspector_enters_a_laboratorys_report() -> None:
    assert DEEDS[INSPECTION_DEED["laboratory_report"]] == ("tester", "manager")


def test_a_manager_does_whatever_anybody_in_the_co_op_does() -> None:
    only_the_office = ["inspect", "correct_own_inspection"]
    assert [deed for deed in DEEDS if not may("manager", deed)] == only_the_office
