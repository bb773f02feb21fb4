"""How much of the goods a drill accounts for."""

from decimal import Decimal

from trace.domain.drill import LotAccount, account_of, share_found
from trace.domain.mass_balance import Balance

BUNDLE = Decimal("0.5")


def lot(made: str, used: str = "0", unit: str = "kg", **gone: str) -> Balance:
    amounts = {name: Decimal(amount) for name, amount in gone.items()}
    return Balance(unit, Decimal(made), Decimal(0), Decimal(used), amounts)


def test_what_is_here_shipped_or_destroyed_is_found() -> None:
    one = account_of(lot("100", shipping="40", destroying="10"), None, Decimal(0))
    assert (one.to_find, one.found) == (Decimal(100), Decimal(100))


def test_what_was_used_is_counted_in_what_was_made_of_it() -> None:
    one = account_of(lot("100", used="90"), None, Decimal(0))
    assert (one.to_find, one.found) == (Decimal(10), Decimal(10))


def test_what_was_sold_without_a_name_is_not_found() -> None:
    one = account_of(lot("100", selling="25"), None, Decimal(25))
    assert share_found([one]) == "75"


def test_more_out_than_in_is_never_more_than_everything() -> None:
    one = account_of(lot("100", shipping="130"), None, Decimal(0))
    assert share_found([one]) == "100"


def test_lots_are_weighed_against_each_other_by_mass() -> None:
    heavy = LotAccount(Decimal(100), Decimal(50), "kg")
    light = LotAccount(Decimal(100), Decimal(100), "bundle", BUNDLE)
    assert share_found([heavy, light]) == "66.7"


def test_nothing_to_find_has_no_share() -> None:
    assert share_found([]) is None
    assert share_found([LotAccount(Decimal(0), Decimal(0), "kg")]) is None


def test_what_has_no_mass_counts_where_nothing_has_one() -> None:
    assert share_found([LotAccount(Decimal(8), Decimal(4), "l")]) == "50"
