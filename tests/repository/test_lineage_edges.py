"""Lineage at its edges: days against hours and time zones, many at once, very many together."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.capture.short_deeds import correct, hold, is_held, is_recalled, recall_from, revision
from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.declaring import declare
from trace.capture.events import Report
from trace.capture.recalling import RecallOrder, recall
from trace.repository import lineage, nodes
from trace.repository.database import MIGRATIONS, Connection
from trace.repository.rebuilding import first_difference
from trace.repository.standing import standing_of

# The clock goes forward on the first two of these days, back on the others.
ZONES = [
    ("America/Los_Angeles", date(2026, 3, 8)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/Los_Angeles", date(2026, 11, 1)),
    ("Asia/Shanghai", date(2026, 6, 1)),
]


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A small co-op."""
    return make_farm(tmp_path)


def move_to(farm: SmallFarm, zone: str) -> None:
    """The co-op is in another time zone from now on."""
    fields = {"name": "大丰收", "name_en": "Bumper Harvest", "time_zone": zone}
    declare(farm.recorder, farm.actor(), "coop", fields, farm.coop_id)


def spray(farm: SmallFarm, planting: str, pesticide: str, when: str = "") -> str:
    sent = {"plantings": [planting], "input_lot": pesticide, "amount": "30"}
    return farm.record("spraying", sent, when=when).entry_ids[0]


def pick(farm: SmallFarm, planting: str, when: str = "") -> str:
    sent = {"takes": [{"node": planting, "quantity": "9"}]}
    return farm.record("harvesting", sent, "grower", when=when).made[0].node_id


def reached(farm: SmallFarm, cause: str) -> set[str]:
    with farm.instance.database.reading() as connection:
        keys = lineage.forward_closure(connection, [nodes.node_key(connection, cause)])
        return set(nodes.node_ids(connection, keys))


def above(farm: SmallFarm, node: str) -> set[str]:
    with farm.instance.database.reading() as connection:
        keys = lineage.last_days(connection, nodes.node_key(connection, node))
        return set(nodes.node_ids(connection, sorted(keys)))


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do these in threads that begin together; gives what each gave or raised, in order."""
    gate, given = threading.Barrier(len(deeds)), [object()] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            given[place] = deed()
        except Exception as error:  # the test looks at it
            given[place] = error

    threads = [threading.Thread(target=run, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "day"), ZONES)
@pytest.mark.parametrize("minute", ["", "T00:05", "T12:30", "T23:55"])
def test_what_was_picked_on_the_day_of_a_spraying_or_later_has_it_and_nothing_else(
    farm: SmallFarm, zone: str, day: date, minute: str
) -> None:
    move_to(farm, zone)
    farm.now = datetime(2026, 12, 1, tzinfo=UTC)
    planting, pesticide = farm.plant(), farm.buy_pesticide()
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    early = [pick(farm, planting, f"{before}{at}") for at in ("", "T00:05", "T23:55")]
    spray(farm, planting, pesticide, f"{day}{minute}")
    same = [pick(farm, planting, f"{day}{at}") for at in ("", "T00:05", "T03:30", "T23:55")]
    late = [pick(farm, planting, f"{after}{at}") for at in ("", "T00:05")]
    assert reached(farm, pesticide) == {pesticide, planting, *same, *late}
    assert all(pesticide in above(farm, lot) for lot in same + late)
    assert not any(pesticide in above(farm, lot) for lot in early)


def test_a_change_of_time_zone_changes_no_day_that_was_recorded(farm: SmallFarm) -> None:
    farm.now = datetime(2026, 4, 1, 12, tzinfo=UTC)
    planting, pesticide = farm.plant(), farm.buy_pesticide()
    spray(farm, planting, pesticide, "2026-03-20T00:05")
    early = pick(farm, planting, "2026-03-19T23:55")
    move_to(farm, "America/Los_Angeles")
    late = pick(farm, planting, "2026-03-20T00:05")
    assert reached(farm, pesticide) == {pesticide, planting, late}
    assert pesticide not in above(farm, early)


def test_a_spraying_written_down_late_reaches_what_was_picked_since_its_day(
    farm: SmallFarm,
) -> None:
    pesticide, planting = farm.buy_pesticide(), farm.plant()
    farm.wait(days=10)
    lots = [pick(farm, planting, f"2026-03-0{day}") for day in (3, 5, 7)]
    recall_from(farm, pesticide)
    spray(farm, planting, pesticide, "2026-03-05")
    assert [is_recalled(farm, lot) for lot in lots] == [False, True, True]


def moved_spraying(farm: SmallFarm, *, recalled_first: bool) -> list[bool]:
    """Pickings of the 3rd, 5th and 7th; a spraying of the 2nd was really on the 7th."""
    pesticide, planting = farm.buy_pesticide(), farm.plant()
    farm.wait(days=10)
    lots = [pick(farm, planting, f"2026-03-0{day}") for day in (3, 5, 7)]
    wrong = spray(farm, planting, pesticide, "2026-03-02")
    if recalled_first:
        recall_from(farm, pesticide)
    sent = {"plantings": [planting], "input_lot": pesticide, "amount": "30"}
    correct(farm, wrong, Report("spraying", sent, "2026-03-07"))
    if not recalled_first:
        recall_from(farm, pesticide)
    return [is_recalled(farm, lot) for lot in lots]


def test_correcting_the_day_of_a_spraying_moves_what_a_recall_reaches(farm: SmallFarm) -> None:
    assert moved_spraying(farm, recalled_first=False) == [False, False, True]


def test_correcting_the_day_of_a_spraying_frees_nothing_that_was_recalled(
    farm: SmallFarm,
) -> None:
    assert moved_spraying(farm, recalled_first=True) == [True, True, True]


def test_correcting_the_day_of_a_picking_moves_it_into_a_recall(farm: SmallFarm) -> None:
    pesticide, planting = farm.buy_pesticide(), farm.plant()
    farm.wait(days=10)
    spray(farm, planting, pesticide, "2026-03-05")
    takes = {"takes": [{"node": planting, "quantity": "9"}]}
    picked = farm.record("harvesting", takes, "grower", when="2026-03-04")
    lot = picked.made[0].node_id
    recall_from(farm, pesticide)
    assert not is_recalled(farm, lot)
    correct(farm, picked.entry_ids[0], Report("harvesting", takes, "2026-03-06"))
    assert is_recalled(farm, lot)


def test_seed_is_in_everything_picked_whatever_the_dates_say(farm: SmallFarm) -> None:
    seed = farm.buy_pesticide()
    sent = {
        "plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "津优35",
        "seed_lot": [seed],
    }  # fmt: skip
    farm.wait(days=10)
    planting = farm.record("planting", sent, "grower", when="2026-03-08").made[0].node_id
    lot = pick(farm, planting, "2026-03-02")
    assert reached(farm, seed) == {seed, planting, lot}


def test_a_lot_packed_on_a_wrong_day_never_falls_out_of_a_recall(farm: SmallFarm) -> None:
    pesticide, planting = farm.buy_pesticide(), farm.plant()
    farm.wait(days=10)
    spray(farm, planting, pesticide, "2026-03-05")
    lot = pick(farm, planting, "2026-03-06")
    sent = {"takes": [{"node": lot, "quantity": "5"}], "packed_quantity": "9", "unit": "bundle"}
    packed = farm.record("packing", sent, "packer", when="2026-03-02").made[0].node_id
    recall_from(farm, pesticide)
    assert is_recalled(farm, packed)


def test_a_recall_or_suspicion_of_a_planting_reaches_everything_ever_picked_from_it(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    first = farm.harvest(planting)
    farm.wait(days=3)
    hold(farm, planting)
    recall_from(farm, planting)
    farm.wait(days=3)
    for lot in (first, farm.harvest(planting)):
        assert is_held(farm, lot)
        assert is_recalled(farm, lot)


def test_over_six_weeks_of_picking_each_pesticide_reaches_what_was_picked_after_it(
    farm: SmallFarm,
) -> None:
    planting = farm.plant()
    other = farm.plant()
    picked: dict[int, str] = {}
    sprayed: dict[int, str] = {}
    for day in range(42):
        farm.wait(days=1)
        if day % 3 == 0:
            picked[day] = farm.pack(farm.harvest(planting))
        if day % 7 == 5:
            sprayed[day] = farm.buy_pesticide()
            spray(farm, planting, sprayed[day])
    spray(farm, other, sprayed[5])
    for on, pesticide in sprayed.items():
        recall_from(farm, pesticide)
        after = {lot for day, lot in picked.items() if day >= on}
        assert reached(farm, pesticide) & set(picked.values()) == after
    assert [is_recalled(farm, lot) for lot in picked.values()] == [day >= 5 for day in picked]


def test_what_was_recorded_before_gets_its_days_from_its_events(farm: SmallFarm) -> None:
    seed, pesticide = farm.buy_pesticide(), farm.buy_pesticide()
    sent = {
        "plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": "津优35",
        "seed_lot": [seed],
    }  # fmt: skip
    planting = farm.record("planting", sent).made[0].node_id
    early = farm.harvest(planting)
    farm.wait(days=2)
    spray(farm, planting, pesticide)
    farm.pack(farm.harvest(planting))
    farm.pack(early)
    script = (MIGRATIONS / "0005_lineage.sql").read_text("utf-8")
    with farm.instance.database.writing() as connection:
        expected = connection.execute("SELECT * FROM lineage").fetchall()
        connection.execute("UPDATE lineage SET enters_on = 0, leaves_on = 99991231")
        assert connection.execute("SELECT * FROM lineage").fetchall() != expected
        for statement in script.split(";"):
            if "\nUPDATE" in statement:
                connection.execute(statement)
        assert connection.execute("SELECT * FROM lineage").fetchall() == expected


# --- many at once -----------------------------------------------------------------------------


@pytest.mark.parametrize("round_", range(4))
def test_a_recall_during_a_split_reaches_the_parts(farm: SmallFarm, round_: int) -> None:
    lot = farm.harvest(farm.plant())
    sent = {"takes": [{"node": lot, "quantity": "100"}], "parts": ["60", "40"]}
    order = RecallOrder((lot,), "坏药")
    split, recalled = at_once(
        lambda: farm.record("splitting", sent, "packer"),
        lambda: recall(farm.recorder, farm.actor(), order, f"recall-{round_}"),
    )
    assert not isinstance(split, Exception), split
    assert not isinstance(recalled, Exception), recalled
    parts = reached(farm, lot) - {lot}
    assert len(parts) == 2
    assert all(is_recalled(farm, part) for part in parts)


def test_two_managers_recalling_and_holding_the_same_lot_are_both_on_record(
    farm: SmallFarm, tmp_path: Path
) -> None:
    lot = farm.harvest(farm.plant())
    packed = farm.pack(lot)
    before = revision(farm, packed)
    orders = [RecallOrder((lot,), reason) for reason in ("坏药", "有人投诉")]
    given = at_once(
        *(
            lambda place=place, order=order: recall(
                farm.recorder, farm.actor(), order, f"recall-{place}"
            )
            for place, order in enumerate(orders)
        ),
        lambda: hold(farm, lot),
        lambda: hold(farm, packed),
    )
    assert not [one for one in given if isinstance(one, Exception)]
    with farm.instance.database.reading() as connection:
        standing = standing_of(connection, nodes.node_key(connection, packed))
    assert (len(standing.recalls), len(standing.holds)) == (2, 2)
    assert revision(farm, packed) == before + 4
    assert first_difference(farm.instance.database, tmp_path) is None


def test_one_recall_sent_by_two_threads_is_one_recall(farm: SmallFarm) -> None:
    lot = farm.harvest(farm.plant())
    order = RecallOrder((lot,), "坏药")
    given = at_once(*[lambda: recall(farm.recorder, farm.actor(), order, "recall-1")] * 3)
    assert len({getattr(one, "entry_ids", one) for one in given}) == 1
    with farm.instance.database.reading() as connection:
        assert len(connection.execute("SELECT * FROM recall").fetchall()) == 1


# --- very many --------------------------------------------------------------------------------


def test_a_lot_merged_from_five_hundred_is_recalled_by_any_of_them(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant(), "1000")
    sent = {"takes": [{"node": picked, "quantity": "1000"}], "parts": ["2"] * 500}
    lots = [one.node_id for one in farm.record("splitting", sent, "packer").made]
    takes = [{"node": lot, "quantity": "2"} for lot in lots]
    merged = farm.record("merging", {"takes": takes}, "packer").made[0].node_id
    assert above(farm, merged) >= {picked, *lots}
    with farm.instance.database.reading() as connection:
        assert nodes.lot_balance(connection, nodes.node_key(connection, merged)).made == 1000
    recall_from(farm, lots[321])
    assert is_recalled(farm, merged)
    assert reached(farm, lots[321]) == {lots[321], merged}


def rows_of(connection: Connection, many: int) -> None:
    """So many lots, put straight into the tables."""
    connection.executemany(
        "INSERT INTO node(node_key, node_id, coop_id, kind, entry_index) VALUES(?,?,'c','lot',0)",
        [(key, f"L{key:06}") for key in range(1, many + 1)],
    )


MANY = 70_000


@pytest.fixture
def crowd(farm: SmallFarm) -> Connection:
    """A database with very many lots."""
    connection = farm.instance.database.connection
    connection.execute("BEGIN")
    rows_of(connection, MANY)
    return connection


def link(connection: Connection, pairs: list[tuple[int, int]]) -> None:
    connection.executemany(
        "INSERT INTO lineage(child_key, parent_key, entry_index, taken_at) VALUES(?,?,0,'2026')",
        pairs,
    )


def test_very_many_causes_are_one_closure(crowd: Connection) -> None:
    link(crowd, [(key, key - 1) for key in range(MANY // 2 + 2, MANY + 1, 2)])
    causes = list(range(1, MANY, 2))
    expected = sorted({*causes, *(key + 1 for key in causes if key > MANY // 2)})
    assert lineage.forward_closure(crowd, causes) == expected
    assert sorted(lineage.closure_of(crowd, causes).ids) == expected
    lineage.raise_revisions(crowd, causes)
    raised = "SELECT node_key FROM node WHERE revision > 1 ORDER BY node_key"
    assert [key for (key,) in crowd.execute(raised).fetchall()] == expected


def test_a_lot_of_very_many_ancestors_has_what_stands_against_any(crowd: Connection) -> None:
    link(crowd, [(MANY, key) for key in range(1, MANY)])
    entry = crowd.execute("SELECT MAX(entry_index) AS last FROM event").fetchone()["last"]
    crowd.execute("INSERT INTO event SELECT 9001, 'E', coop_id, 'recall', '2026-03-01', '',"
                  " '2026-03-01', 'day', '', 0, '', '', NULL, '{}', 0, '[]', NULL, NULL"
                  " FROM declared LIMIT 1")  # fmt: skip
    assert entry is None
    crowd.execute("INSERT INTO recall(entry_index, node_key, coop_id) VALUES(9001, 33000, 'c')")
    assert len(standing_of(crowd, MANY).recalls) == 1
    assert not standing_of(crowd, 1).recalls


def test_a_chain_of_very_many_lots_ends(crowd: Connection) -> None:
    link(crowd, [(key, key - 1) for key in range(2, MANY + 1)] + [(1, MANY)])
    assert len(lineage.forward_closure(crowd, [MANY])) == MANY
    assert len(lineage.backward_closure(crowd, 1)) == MANY
