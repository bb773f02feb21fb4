"""After a recall: trying to reach customers, their own links, and their answers."""

from hashlib import sha256

import pytest

from trace.capture.recall_answers import (
    MOST_ANSWERS,
    Answer,
    Contact,
    acknowledge,
    acknowledge_by_link,
    make_links,
    note_contact,
)
from trace.capture.recalling import close_recall
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.repository import recalls

from .ledger_reading import entries, last_body, row_of
from .short_deeds import correct, recall_from, revision, ship
from .small_farm import SmallFarm


@pytest.fixture
def recalled(farm: SmallFarm) -> str:
    """A recall of a lot that was shipped to the shop."""
    packed = farm.pack(farm.harvest(farm.plant()))
    ship(farm, packed)
    farm.ids["packed"] = packed
    return recall_from(farm, packed)


def said(farm: SmallFarm, recalled: str, **more: object) -> Answer:
    amounts = {
        "taken_off": {"bundle": "60", "kg": " "}, "still_there": {"bundle": "0"},
        "sold": {"bundle": "40"},
    }  # fmt: skip
    given = {"amounts": amounts} | more
    return Answer(recalled, farm.ids["shop"], "店长小刘", **given)  # type: ignore[arg-type]  # as typed


def link(farm: SmallFarm, recalled: str) -> str:
    shop = farm.ids["shop"]
    return make_links(farm.recorder, farm.actor(), recalled, [shop])[shop]


def answers(farm: SmallFarm, recalled: str) -> list[str]:
    with farm.instance.database.reading() as connection:
        found = recalls.answers_to(connection, farm.coop_id, recalled)
    return [one["answered_by"] for one in found]


def test_only_the_hash_of_a_link_is_stored(farm: SmallFarm, recalled: str) -> None:
    token = link(farm, recalled)
    stored = row_of(farm, "SELECT * FROM recall_link")
    assert stored["token_hash"] == sha256(token.encode()).hexdigest()
    assert token not in str(tuple(stored))


def test_a_customer_answers_with_its_link_and_the_ledger_keeps_it(
    farm: SmallFarm, recalled: str
) -> None:
    token = link(farm, recalled)
    acknowledge_by_link(farm.recorder, token, said(farm, "of another recall"), "A-1")
    body = last_body(farm)
    assert body["event_type"] == "recall_acknowledged"
    assert (body["performed_by"], body["recorded_by"]) == (farm.ids["shop"], farm.ids["shop"])
    assert body["recorded_role"] == "customer"
    assert body["what"] == {
        "recall": recalled, "customer": farm.ids["shop"], "means": "own_link",
        "taken_off": [{"quantity": "60", "unit": "bundle"}],
        "still_there": [{"quantity": "0", "unit": "bundle"}],
        "sold": [{"quantity": "40", "unit": "bundle"}],
    }  # fmt: skip
    assert "店长小刘" not in str(body)
    assert answers(farm, recalled) == ["店长小刘"]


def test_an_earlier_link_goes_on_working(farm: SmallFarm, recalled: str) -> None:
    first, _ = link(farm, recalled), link(farm, recalled)
    acknowledge_by_link(farm.recorder, first, said(farm, recalled), "A-1")
    assert answers(farm, recalled) == ["店长小刘"]


def test_a_link_nobody_made_opens_nothing(farm: SmallFarm, recalled: str) -> None:
    with pytest.raises(NotFound):
        acknowledge_by_link(farm.recorder, "guessed", said(farm, recalled), "A-1")


def test_an_answer_sent_twice_is_one(farm: SmallFarm, recalled: str) -> None:
    token = link(farm, recalled)
    first = acknowledge_by_link(farm.recorder, token, said(farm, recalled), "A-1")
    before = entries(farm)
    again = acknowledge_by_link(farm.recorder, token, said(farm, recalled), "A-1")
    assert again.entry_ids == first.entry_ids
    assert entries(farm) == before


def test_a_manager_writes_down_what_was_said_on_the_telephone(
    farm: SmallFarm, recalled: str
) -> None:
    acknowledge(farm.recorder, farm.actor(), said(farm, recalled), "A-1")
    body = last_body(farm)
    assert (body["performed_by"], body["recorded_by"]) == (farm.ids["shop"], farm.ids["manager"])
    assert body["what"]["means"] == "telephone"


def test_an_answer_after_closing_is_recorded_too(farm: SmallFarm, recalled: str) -> None:
    token = link(farm, recalled)
    close_recall(farm.recorder, farm.actor(), recalled, "都收回了", "C-1")
    acknowledge_by_link(farm.recorder, token, said(farm, recalled), "A-1")
    assert answers(farm, recalled) == ["店长小刘"]


def test_an_answer_needs_a_name_and_no_amount_below_zero(farm: SmallFarm, recalled: str) -> None:
    typed = {"sold": {"kg": "2", "bundle": "-1"}, "taken_off": {"kg": "", "bundle": "many"}}
    wrong = Answer(recalled, farm.ids["shop"], " ", amounts=typed)
    before = entries(farm)
    with pytest.raises(Refused) as refused:
        acknowledge(farm.recorder, farm.actor(), wrong, "A-1")
    assert {one.field for one in refused.value.problems} == {
        "answered_by", "sold-bundle", "taken_off-bundle",
    }  # fmt: skip
    assert entries(farm) == before


def test_a_link_cannot_fill_the_ledger(farm: SmallFarm, recalled: str) -> None:
    token = link(farm, recalled)
    for number in range(MOST_ANSWERS):
        sent = said(farm, recalled, note=str(number))
        acknowledge_by_link(farm.recorder, token, sent, f"A-{number}")
    with pytest.raises(Refused, match="call the co-op"):
        acknowledge_by_link(farm.recorder, token, said(farm, recalled), "A-more")


def test_an_answer_of_the_wrong_customer_is_struck_out(farm: SmallFarm, recalled: str) -> None:
    written = acknowledge(farm.recorder, farm.actor(), said(farm, recalled), "A-1")
    correct(farm, written.entry_ids[0])
    assert answers(farm, recalled) == []


def test_an_answer_changes_no_public_page(farm: SmallFarm, recalled: str) -> None:
    before = revision(farm, farm.ids["packed"])
    acknowledge(farm.recorder, farm.actor(), said(farm, recalled), "A-1")
    assert revision(farm, farm.ids["packed"]) == before


def test_a_try_to_reach_a_customer_is_noted_once_and_not_in_the_ledger(
    farm: SmallFarm, recalled: str
) -> None:
    before = entries(farm)
    contact = Contact(recalled, farm.ids["shop"], "called")
    for _ in range(2):
        note_contact(farm.recorder, farm.actor(), contact, "N-1")
    with farm.instance.database.reading() as connection:
        found = recalls.contacts_of(connection, farm.coop_id, recalled)
    assert [(one["outcome"], one["party_id"]) for one in found] == [("called", farm.ids["manager"])]
    assert entries(farm) == before


def test_an_outcome_nobody_knows_is_refused(farm: SmallFarm, recalled: str) -> None:
    with pytest.raises(Refused):
        note_contact(
            farm.recorder, farm.actor(), Contact(recalled, farm.ids["shop"], "shouted"), "N-1"
        )


def test_another_co_ops_customer_is_not_ours_to_reach(farm: SmallFarm, recalled: str) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    for deed in (
        lambda: make_links(farm.recorder, farm.actor(), recalled, [theirs.ids["shop"]]),
        lambda: acknowledge(
            farm.recorder, farm.actor(), Answer(recalled, theirs.ids["shop"], "谁"), "A-1"
        ),
        lambda: note_contact(
            farm.recorder, farm.actor(), Contact(recalled, theirs.ids["shop"], "called"), "N-1"
        ),
    ):
        with pytest.raises(NotFound):
            deed()


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_make_links(farm: SmallFarm, recalled: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        make_links(farm.recorder, farm.actor(role), recalled, [farm.ids["shop"]])


def test_links_for_many_are_made_at_once_or_not_at_all(farm: SmallFarm, recalled: str) -> None:
    other = farm.declare("party", name="别家店", kind="customer")
    shops = [farm.ids["shop"], other]
    tokens = make_links(farm.recorder, farm.actor(), recalled, shops)
    assert set(tokens) == set(shops)
    assert len(set(tokens.values())) == 2
    with pytest.raises(NotFound):
        make_links(farm.recorder, farm.actor(), recalled, [other, "NOBODY"])
    assert row_of(farm, "SELECT COUNT(*) FROM recall_link")[0] == 2
