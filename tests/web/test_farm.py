"""The farmer's form: what is recorded, what is warned of, and that nothing typed is ever lost."""

import io
import re
import resource
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.field_season import farm_app, field_season, photo, sign_in
from tests.seasons import paper
from trace.query.field_records import FieldRecord, my_records, record_of

PAGES = (
    "/farm", "/farm/planting", "/farm/irrigation", "/farm/fertilising", "/farm/spraying",
    "/farm/field-work", "/farm/harvesting", "/farm/inspection", "/farm/records",
)  # fmt: skip


class Field:
    """The season with a signed-in grower, tester and manager."""

    def __init__(self, folder: Path) -> None:
        self.season = field_season(folder)
        self.ids = self.season.ids
        self.app = farm_app(self.season)
        self.wang = sign_in(self.app, self.season, "grower", "wang")
        self.tester = sign_in(self.app, self.season, "tester", "li")

    def spray(self, **changed: Any) -> dict[str, Any]:
        """A spraying form as it is sent."""
        form = {
            "submission_id": "spray-0001", "plantings": self.ids["cucumbers"],
            "input_lot": self.ids["bottle"], "amount": "30", "amount_unit": "ml",
            "when": "2026-11-23", "when_other": "", "target": "霜霉病", "note": "",
        }  # fmt: skip
        return form | changed

    def pick(self, planting: str, **changed: Any) -> dict[str, Any]:
        """A picking form as it is sent; `total`, `crates` and `each` are of that planting."""
        node = self.ids[planting]
        weights = {f"{name}-{node}": changed.pop(name, "") for name in ("total", "crates", "each")}
        form = {"submission_id": "pick-0001", "takes": node, "unit": "kg", "when": "2026-11-23"}
        return form | weights | changed

    def records(self, party: str = "wang") -> tuple[FieldRecord, ...]:
        """What the party recorded, newest first."""
        return my_records(
            self.season.instance, self.season.coop_id, self.ids[party], self.season.now
        )

    def saved(self, answer: TestResponse) -> FieldRecord:
        """The record that a form led to."""
        assert answer.status_code == 303, answer.text
        found = record_of(self.season.instance, self.season.coop_id, answer.location.split("/")[-1])
        assert found is not None
        return found


@pytest.fixture
def field(tmp_path: Path) -> Field:
    return Field(tmp_path)


def _see(client: FlaskClient, path: str, language: str = "zh") -> str:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
    assert answer.status_code == 200, path
    return answer.text


def test_every_page_opens_in_both_languages(field: Field) -> None:
    for path in (*PAGES, f"/farm/plantings/{field.ids['cucumbers']}"):
        assert "<h1" in _see(field.wang, path, "zh")
        assert 'lang="en"' in _see(field.wang, path, "en")


def test_pages_need_no_script(field: Field) -> None:
    for path in PAGES:
        text = _see(field.wang, path)
        assert "<script" not in text
        assert " style=" not in text


def test_strangers_are_sent_to_sign_in(field: Field) -> None:
    answer = field.app.test_client().get("/farm/spraying")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_home_says_which_plot_may_be_picked_and_from_when(field: Field) -> None:
    text = _see(field.wang, "/farm")
    assert "王长财，早上好" in text
    assert re.search(r"17号大棚 黄瓜.*?今天可以采", text, re.DOTALL)
    assert re.search(r"东头 番茄.*?11月25日起能采", text, re.DOTALL)
    assert "18号大棚" not in text
    assert "Picking from 25 November" in _see(field.wang, "/farm", "en")


def test_a_tester_sees_lots_that_wait_and_no_field_work(field: Field) -> None:
    node = field.ids["cucumbers"]
    harvest = field.saved(
        field.wang.post("/farm/harvesting", data=field.pick("cucumbers", total="5"))
    )
    text = _see(field.tester, "/farm")
    assert harvest.made[0].lot_number in text
    assert "/farm/spraying" not in text
    assert field.tester.get("/farm/spraying").status_code == 403
    assert node in _see(field.tester, "/farm/inspection")


def test_somebody_without_a_plot_is_told_what_to_do(field: Field) -> None:
    li = sign_in(field.app, field.season, "grower", "li")
    assert "这里还没有你的地" in _see(li, "/farm")
    assert "这里还没有你的地" in _see(li, "/farm/planting")
    assert "最近 30 天还没记过" in _see(li, "/farm/records")


def test_the_form_is_opened_with_the_planting_it_was_opened_from(field: Field) -> None:
    text = _see(field.wang, f"/farm/spraying?planting={field.ids['tomatoes']}")
    assert f'value="{field.ids["tomatoes"]}" id="f-plantings" checked' in text
    assert f'value="{field.ids["cucumbers"]}">' in text


def test_a_spraying_is_meant_for_everything_that_grows_on_the_plot(field: Field) -> None:
    sown = {"plot": field.ids["house17"], "product": field.ids["tomato"], "variety": "粉果"}
    other = field.season.report("planting", sown, who="wang", role="grower").made[0].node_id
    text = _see(field.wang, f"/farm/spraying?planting={field.ids['cucumbers']}")
    chosen = re.findall(r'name="plantings" value="(\w+)"[^>]* checked', text)
    assert sorted(chosen) == sorted([field.ids["cucumbers"], other])
    watering = _see(field.wang, f"/farm/irrigation?planting={field.ids['cucumbers']}")
    assert len(re.findall(r'name="plantings" value="\w+"[^>]* checked', watering)) == 1


def test_the_save_line_says_what_saving_causes(field: Field) -> None:
    text = _see(field.wang, "/farm/spraying")
    for day in ("11月26日", "11月25日", "11月24日"):
        assert f"{day}起才能采" in text
    assert "打后 3 天能采" in text
    assert "还有440" in text


def test_a_spraying_is_recorded_and_the_page_says_from_when_to_pick(field: Field) -> None:
    answer = field.wang.post("/farm/spraying", data=field.spray())
    record = field.saved(answer)
    assert record.what["amount"] == {"quantity": "30", "unit": "ml"}
    assert [part.node_id for part in record.plantings] == [field.ids["cucumbers"]]
    text = _see(field.wang, answer.location)
    assert "嘧菌酯" in text
    assert "11月26日起才能采" in text
    assert "Picking only from 26 November" in _see(field.wang, answer.location, "en")


def test_a_double_click_a_reload_and_the_back_button_make_one_record(field: Field) -> None:
    before = len(field.records())
    places = {field.wang.post("/farm/spraying", data=field.spray()).location for _ in range(3)}
    assert len(places) == 1
    assert len(field.records()) == before + 1


def test_the_same_form_with_other_words_is_kept_for_the_manager_and_says_so(field: Field) -> None:
    field.wang.post("/farm/spraying", data=field.spray())
    before = len(field.records())
    answer = field.wang.post("/farm/spraying", data=field.spray(amount="90"))
    assert answer.status_code == 202
    assert "这张表交过一次，这回填的不一样" in answer.text
    assert len(field.records()) == before


def test_the_same_on_another_form_is_asked_about_first(field: Field) -> None:
    field.saved(field.wang.post("/farm/spraying", data=field.spray()))
    before = len(field.records())
    form = field.spray(submission_id="spray-0002", amount="30毫升", note="又一遍")
    answer = field.wang.post("/farm/spraying", data=form)
    assert answer.status_code == 409
    assert "刚才已经记过一样的，再记一次吗？" in answer.text
    assert "又一遍" in answer.text
    assert len(field.records()) == before
    first, second = (
        field.wang.post("/farm/spraying", data=form | {"again": "yes"}) for _ in range(2)
    )
    assert first.location == second.location
    assert len(field.records()) == before + 1


@pytest.mark.parametrize(
    "changed", [{"amount": "31"}, {"when": "2026-11-22"}, {"amount_unit": "g"}]
)
def test_something_else_on_another_form_is_recorded_at_once(
    field: Field, changed: dict[str, str]
) -> None:
    field.saved(field.wang.post("/farm/spraying", data=field.spray()))
    form = field.spray(submission_id="spray-0002") | changed
    field.saved(field.wang.post("/farm/spraying", data=form))


def test_the_same_picking_is_asked_about_for_half_an_hour(field: Field) -> None:
    field.saved(field.wang.post("/farm/harvesting", data=field.pick("cucumbers", total="5")))
    form = field.pick("cucumbers", total="10", unit="jin", submission_id="pick-0002")
    assert field.wang.post("/farm/harvesting", data=form).status_code == 303
    form = field.pick("cucumbers", total="5", submission_id="pick-0003")
    assert field.wang.post("/farm/harvesting", data=form).status_code == 409
    field.season.now += timedelta(minutes=31)
    assert field.wang.post("/farm/harvesting", data=form).status_code == 303


def test_every_problem_is_named_at_its_field_and_everything_typed_is_kept(field: Field) -> None:
    before = len(field.records())
    form = field.spray(
        plantings=[], input_lot="", amount="三十", note="风大", when_other="2026-12-01"
    )
    answer = field.wang.post("/farm/spraying", data=form)
    assert answer.status_code == 422
    for name in ("plantings", "input_lot", "amount", "when"):
        assert f'href="#f-{name}"' in answer.text, name
        assert f'id="f-{name}"' in answer.text, name
        assert f'id="wrong-{name}"' in answer.text, name
    assert "“三十”不是数。" in answer.text
    for kept in ("三十", "风大", "2026-12-01", "霜霉病", 'value="spray-0001"'):
        assert kept in answer.text, kept
    assert len(field.records()) == before
    english = field.wang.post("/farm/spraying?lang=en", data=form)
    assert "“三十” is not a number." in english.text


def test_an_amount_may_be_written_as_it_is_said(field: Field) -> None:
    form = field.pick("cucumbers", crates="两筐", each="10斤半", unit="jin")
    record = field.saved(field.wang.post("/farm/harvesting", data=form))
    assert (record.made[0].quantity, record.what["crates"]) == ("10.5", 2)
    record = field.saved(field.wang.post("/farm/spraying", data=field.spray(amount="30毫升")))
    assert record.what["amount"] == {"quantity": "30", "unit": "ml"}
    form = {"submission_id": "sow-00001", "plot": field.ids["strip"], "variety": "本地黄瓜",
            "product": field.ids["cucumber"], "when": "2026-11-23", "area": "一亩半"}  # fmt: skip
    record = field.saved(field.wang.post("/farm/planting", data=form))
    assert record.what["area"] == {"quantity": "1.5", "unit": "mu"}


def test_an_amount_that_cannot_be_read_is_told_how_to_write_it(field: Field) -> None:
    answer = field.wang.post("/farm/spraying", data=field.spray(amount="一二"))
    assert answer.status_code == 422
    assert "“一二”不是数。请写数字，比如 0.5。" in answer.text


def test_an_amount_without_a_unit_is_in_the_unit_of_the_bottle(field: Field) -> None:
    form = field.spray(amount="440", amount_unit="")
    first, second = (field.wang.post("/farm/spraying", data=form) for _ in range(2))
    assert field.saved(first).what["amount"] == {"quantity": "440", "unit": "ml"}
    assert first.location == second.location


def test_an_amount_of_something_not_in_the_list_is_asked_for_its_unit(field: Field) -> None:
    form = field.spray(input_lot="other", input_name="土药", amount_unit="")
    answer = field.wang.post("/farm/spraying", data=form)
    assert answer.status_code == 422
    assert 'href="#f-amount_unit"' in answer.text


def test_a_pesticide_that_is_not_in_the_list_is_recorded_by_its_name(field: Field) -> None:
    form = field.spray(input_lot="other", input_name="邻居给的药")
    answer = field.wang.post("/farm/spraying", data=form)
    record = field.saved(answer)
    assert record.what["input_name"] == "邻居给的药"
    assert record.used is None
    text = _see(field.wang, answer.location)
    assert "先扣住，等合作社说清楚是什么" in text
    assert "扣住了，问合作社" in text


def test_what_nobody_knows_goes_before_a_known_date(field: Field) -> None:
    season = field.season
    season.declare("nameless", "input", name="无间隔期的药", kind="pesticide", unit="ml")
    season.make("unmarked", "input_purchase", {"input": season.ids["nameless"],
                "supplier": season.ids["supplier"], "quantity": "100"})  # fmt: skip
    form = field.spray(plantings=field.ids["tomatoes"], input_lot=season.ids["unmarked"])
    answer = field.wang.post("/farm/spraying", data=form)
    field.saved(answer)
    told = "先问合作社再采，最早也要11月25日"
    planting = f"/farm/plantings/{field.ids['tomatoes']}"
    for path in (answer.location, "/farm", "/farm/harvesting", planting):
        assert told in _see(field.wang, path), path
    early = field.wang.post("/farm/harvesting", data=field.pick("tomatoes", total="4"))
    assert "打过无间隔期的药，不知道要等几天" in early.text
    assert "11月25日起才能采" in early.text


def test_a_picking_after_an_unknown_pesticide_says_so_when_it_is_saved(field: Field) -> None:
    field.wang.post("/farm/spraying", data=field.spray(input_lot="other", input_name="土药"))
    form = field.pick("cucumbers", total="4", already_picked="yes")
    answer = field.wang.post("/farm/harvesting", data=form)
    assert "打过土药，不知道要等几天" in _see(field.wang, answer.location)


def test_another_growers_planting_is_not_known(field: Field) -> None:
    answer = field.wang.post("/farm/spraying", data=field.spray(plantings=field.ids["others"]))
    assert answer.status_code == 422
    assert 'href="#f-plantings"' in answer.text
    assert field.wang.get(f"/farm/plantings/{field.ids['others']}").status_code == 404


def test_a_grower_cannot_write_for_somebody_else(field: Field) -> None:
    form = field.spray(performed_by=field.ids["sun"])
    record = field.saved(field.wang.post("/farm/spraying", data=form))
    assert record.performed_by is not None
    assert record.performed_by.id == field.ids["wang"]


def test_a_manager_writes_for_a_grower(field: Field) -> None:
    field.ids["boss"] = field.season.manager
    manager = sign_in(field.app, field.season, "manager", "boss")
    assert "孙桂芳" in _see(manager, "/farm/irrigation")
    form = {"submission_id": "water-0001", "plantings": field.ids["others"],
            "performed_by": field.ids["sun"], "when": "2026-11-22"}  # fmt: skip
    record = field.saved(manager.post("/farm/irrigation", data=form))
    assert record.performed_by is not None
    assert record.performed_by.id == field.ids["sun"]
    assert record.recorded_by_id == field.season.manager


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/farm/irrigation", {"method": "drip", "volume": "3", "volume_unit": "m3"}),
        ("/farm/field-work", {"work": "weeding"}),
        ("/farm/fertilising", {"input_lot": "other", "input_name": "尿素", "amount": "5",
                               "amount_unit": "kg", "method": "top_dressing"}),
    ],
)  # fmt: skip
def test_other_field_work_is_recorded_for_several_plantings(
    field: Field, path: str, form: dict[str, str]
) -> None:
    both = [field.ids["cucumbers"], field.ids["tomatoes"]]
    sent = form | {"submission_id": "work-0001", "plantings": both, "when": "2026-11-22"}
    record = field.saved(field.wang.post(path, data=sent))
    assert {part.node_id for part in record.plantings} == set(both)
    assert str(record.on) == "2026-11-22"


def test_a_sowing_makes_a_planting_that_stands_on_the_first_page(field: Field) -> None:
    form = {"submission_id": "sow-00001", "plot": field.ids["strip"], "variety": "本地黄瓜",
            "product": field.ids["cucumber"], "when": "2026-11-23", "method": "sown"}  # fmt: skip
    record = field.saved(field.wang.post("/farm/planting", data=form))
    assert f"/farm/plantings/{record.made[0].node_id}" in _see(field.wang, "/farm")


def test_what_was_just_planted_is_not_said_to_be_ready(field: Field) -> None:
    form = {"submission_id": "sow-00001", "plot": field.ids["strip"], "variety": "本地黄瓜",
            "product": field.ids["cucumber"], "when": "2026-11-10", "method": "sown"}  # fmt: skip
    field.ids["young"] = field.saved(field.wang.post("/farm/planting", data=form)).made[0].node_id
    address = f"/farm/plantings/{field.ids['young']}"
    assert "刚种下" in _see(field.wang, "/farm")
    assert "今天可以采" not in _see(field.wang, address)
    field.saved(field.wang.post("/farm/harvesting", data=field.pick("young", total="2")))
    assert "今天可以采" in _see(field.wang, address)


def test_two_plantings_of_one_crop_on_one_plot_are_told_apart_by_their_day(field: Field) -> None:
    assert "9月8日种" not in _see(field.wang, "/farm")
    form = {"submission_id": "sow-00001", "plot": field.ids["house17"], "variety": "本地黄瓜",
            "product": field.ids["cucumber"], "when": "2026-10-08", "method": "sown"}  # fmt: skip
    field.saved(field.wang.post("/farm/planting", data=form))
    for path in ("/farm", "/farm/spraying", "/farm/harvesting", "/farm/inspection"):
        text = _see(field.wang, path)
        assert "9月8日种" in text, path
        assert "10月8日种" in text, path


def test_a_plantings_area_is_shown_again(field: Field) -> None:
    form = {"submission_id": "sow-00001", "plot": field.ids["strip"], "variety": "本地黄瓜",
            "product": field.ids["cucumber"], "when": "2026-10-08", "area": "0.5"}  # fmt: skip
    answer = field.wang.post("/farm/planting", data=form)
    for path in (answer.location, "/farm/records"):
        assert "0.5\N{NO-BREAK SPACE}亩" in _see(field.wang, path), path


def test_watering_as_last_time_is_one_tap_and_once_a_day(field: Field) -> None:
    text = _see(field.wang, "/farm")
    assert text.count('action="/farm/again"') == 1
    form = {"submission_id": "again-001", "planting": field.ids["cucumbers"]}
    first, second = (field.wang.post("/farm/again", data=form) for _ in range(2))
    assert first.location == second.location
    record = field.saved(first)
    assert record.what == {"method": "drip", "volume": {"quantity": "3", "unit": "m3"}}
    text = _see(field.wang, "/farm")
    assert 'action="/farm/again"' not in text
    assert "今天浇过了" in text


def test_picking_by_crates_is_multiplied_out_exactly(field: Field) -> None:
    answer = field.wang.post(
        "/farm/harvesting", data=field.pick("cucumbers", crates="7", each="17.35")
    )
    record = field.saved(answer)
    assert (record.made[0].quantity, record.made[0].unit) == ("121.45", "kg")
    assert record.what["crates"] == 7
    assert record.made[0].lot_number in _see(field.wang, answer.location)


def _both(field: Field, **changed: Any) -> dict[str, Any]:
    """Cucumbers and tomatoes picked at once, before the tomatoes were sprayed."""
    one, other = field.pick("tomatoes", total="7"), field.pick("cucumbers", total="5")
    takes = {"takes": [field.ids["cucumbers"], field.ids["tomatoes"]], "when": "2026-11-21"}
    return one | other | takes | changed


def test_two_crops_picked_at_once_make_a_lot_each(field: Field) -> None:
    before = len(field.records())
    first, second = (field.wang.post("/farm/harvesting", data=_both(field)) for _ in range(2))
    assert first.status_code == 303, first.text
    assert first.location == second.location
    made = [one.made[0] for one in field.records() if one.event_type == "harvesting"]
    assert len(field.records()) == before + 2
    assert {(one.product and one.product.id, one.quantity) for one in made} == {
        (field.ids["cucumber"], "5"), (field.ids["tomato"], "7"),
    }  # fmt: skip
    text = _see(field.wang, first.location)
    for lot in made:
        assert f"批号 {lot.lot_number}" in text


def test_of_two_crops_nothing_is_recorded_where_one_is_refused(field: Field) -> None:
    before = len(field.records())
    form = _both(field, **{f"total-{field.ids['tomatoes']}": "很多"})
    answer = field.wang.post("/farm/harvesting", data=form)
    assert answer.status_code == 422
    assert f'href="#f-total-{field.ids["tomatoes"]}"' in answer.text
    assert len(field.records()) == before
    field.wang.post("/farm/harvesting", data=_both(field))
    assert len(field.records()) == before + 2


def test_of_two_crops_only_the_early_one_is_told_as_early(field: Field) -> None:
    before = len(field.records())
    form = _both(field, when="2026-11-23")
    answer = field.wang.post("/farm/harvesting", data=form)
    assert answer.status_code == 422
    assert 'name="already_picked"' in answer.text
    assert len(field.records()) == before
    answer = field.wang.post("/farm/harvesting", data=form | {"already_picked": "yes"})
    assert answer.status_code == 303, answer.text
    told = {one.plantings[0].node_id: one.already_happened for one in field.records()[:2]}
    assert told == {field.ids["cucumbers"]: False, field.ids["tomatoes"]: True}


def test_two_crops_sent_again_with_other_words_wait_for_the_manager(field: Field) -> None:
    field.wang.post("/farm/harvesting", data=_both(field))
    before = len(field.records())
    form = _both(field, takes=[field.ids["tomatoes"]], **{f"total-{field.ids['cucumbers']}": ""})
    assert field.wang.post("/farm/harvesting", data=form).status_code == 202
    assert len(field.records()) == before


def test_picking_in_jin_is_halved_into_kilograms(field: Field) -> None:
    form = field.pick("cucumbers", total="101", unit="jin")
    record = field.saved(field.wang.post("/farm/harvesting", data=form))
    assert record.made[0].quantity == "50.5"


def test_a_weight_without_a_tick_counts_as_picked(field: Field) -> None:
    form = field.pick("cucumbers", total="5", takes=[])
    record = field.saved(field.wang.post("/farm/harvesting", data=form))
    assert [part.node_id for part in record.plantings] == [field.ids["cucumbers"]]


@pytest.mark.parametrize(
    ("weights", "place"),
    [
        ({}, "total"),
        ({"total": "abc"}, "total"),
        ({"total": "-3"}, "total"),
        ({"crates": "7"}, "each"),
        ({"each": "12"}, "crates"),
        ({"crates": "1.5", "each": "12"}, "crates"),
        ({"total": "50", "crates": "4", "each": "12"}, "total"),
    ],
)
def test_a_weight_that_makes_no_sense_is_named_at_its_field(
    field: Field, weights: dict[str, str], place: str
) -> None:
    before = len(field.records())
    answer = field.wang.post("/farm/harvesting", data=field.pick("cucumbers", **weights))
    assert answer.status_code == 422
    name = f"{place}-{field.ids['cucumbers']}"
    assert f'href="#f-{name}"' in answer.text
    assert f'id="wrong-{name}"' in answer.text
    assert len(field.records()) == before


def test_picking_too_early_is_warned_of_first_and_nothing_is_recorded(field: Field) -> None:
    before = len(field.records())
    answer = field.wang.post("/farm/harvesting", data=field.pick("tomatoes", total="40"))
    assert answer.status_code == 422
    assert "11月22日打过嘧菌酯，11月25日起才能采" in answer.text
    assert 'name="already_picked"' in answer.text
    assert 'value="40"' in answer.text
    assert len(field.records()) == before


def test_what_was_picked_too_early_all_the_same_is_recorded_on_its_own_day(field: Field) -> None:
    form = field.pick("tomatoes", total="40", already_picked="yes")
    answer = field.wang.post("/farm/harvesting", data=form)
    record = field.saved(answer)
    assert record.already_happened
    assert str(record.on) == "2026-11-23"
    assert "这次采早了，已照实记下" in _see(field.wang, answer.location)


def test_picking_before_a_later_spraying_is_not_too_early(field: Field) -> None:
    form = field.pick("tomatoes", total="40", when="2026-11-21")
    assert str(field.saved(field.wang.post("/farm/harvesting", data=form)).on) == "2026-11-21"


def test_a_photo_is_kept_with_its_record_and_shown_to_the_own_coop_only(field: Field) -> None:
    form = field.spray(photos=(io.BytesIO(photo(5)), "药瓶.jpg"))
    record = field.saved(field.wang.post("/farm/spraying", data=form))
    address = f"/farm/photo/{record.photos[0]}"
    with field.wang.get(address) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
        assert "private" in answer.headers["Cache-Control"]
    assert address in _see(field.wang, f"/farm/records/{record.entry_id}")
    assert field.app.test_client().get(address).status_code == 302
    assert field.wang.get(f"/farm/photo/{'0' * 64}").status_code == 404


def test_a_photo_that_arrived_survives_other_problems_of_the_form(field: Field) -> None:
    form = field.spray(amount="", photos=(io.BytesIO(photo(6)), "a.jpg"))
    answer = field.wang.post("/farm/spraying", data=form)
    assert answer.status_code == 422
    found = re.search(r'name="kept_photo" value="([0-9a-f]{64})" checked', answer.text)
    assert found
    with field.wang.get(f"/farm/photo/{found[1]}") as shown:
        assert shown.status_code == 200
    record = field.saved(field.wang.post("/farm/spraying", data=field.spray(kept_photo=found[1])))
    assert record.photos == (found[1],)


def test_a_broken_photo_is_a_problem_of_its_field_beside_all_others(field: Field) -> None:
    before = len(field.records())
    photos = [(io.BytesIO(photo(7)), "good.jpg"), (io.BytesIO(photo(8)[:3000]), "cut.jpg")]
    answer = field.wang.post("/farm/spraying", data=field.spray(amount="x", photos=photos))
    assert answer.status_code == 422
    assert 'href="#f-photos"' in answer.text
    assert 'href="#f-amount"' in answer.text
    assert answer.text.count('name="kept_photo"') == 1
    assert "这个文件没传上来" not in answer.text
    assert len(field.records()) == before


def test_a_photo_of_another_coop_cannot_be_named(field: Field) -> None:
    answer = field.wang.post("/farm/spraying", data=field.spray(kept_photo="0" * 64))
    assert answer.status_code == 422
    assert 'href="#f-photos"' in answer.text


def test_a_full_disk_is_said_and_everything_typed_is_kept(field: Field) -> None:
    before = len(field.records())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    form = field.spray(note="风大", photos=(io.BytesIO(photo(9)), "a.jpg"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
    try:
        answer = field.wang.post("/farm/spraying", data=form)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert answer.status_code == 507
    assert "服务器眼下没地方存这张照片" in answer.text
    assert "风大" in answer.text
    assert len(field.records()) == before


def test_a_database_without_room_says_so_and_everything_typed_is_kept(field: Field) -> None:
    before = len(field.records())
    database = field.season.instance.database.connection
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    answers = [
        field.wang.post(
            "/farm/spraying", data=field.spray(submission_id=f"s{n:07}", note="风" * 900)
        )
        for n in range(3)
    ]
    full = [answer for answer in answers if answer.status_code == 422]
    assert full
    assert "服务器的硬盘满了" in full[0].text
    assert "风风风" in full[0].text
    assert len(field.records()) == before + len(answers) - len(full)


def _report(field: Field, **changed: Any) -> dict[str, Any]:
    form = {
        "submission_id": "report-001", "inspection_kind": "laboratory_report", "passed": "yes",
        "subjects": field.ids["cucumbers"], "when": "2026-11-23", "rows": "3",
        "laboratory": field.ids["lab"], "report_number": "SL-1",
        "results-1-analyte": "嘧菌酯", "results-1-result": "0.08", "results-1-unit": "mg/kg",
        "results-1-limit": "0.5", "report": (io.BytesIO(paper()), "r.pdf"),
    }  # fmt: skip
    return form | changed


def test_a_laboratorys_report_is_recorded_with_its_file_and_values(field: Field) -> None:
    record = field.saved(field.tester.post("/farm/inspection", data=_report(field)))
    assert len(record.papers) == 1
    assert record.what["results"] == [
        {"analyte": "嘧菌酯", "result": "0.08", "unit": "mg/kg", "limit": "0.5"}
    ]
    with field.tester.get(f"/farm/file/{record.papers[0]}") as answer:
        assert answer.mimetype == "application/pdf"


def test_a_laboratorys_report_without_its_file_is_refused_at_the_file(field: Field) -> None:
    form = _report(field, report=(io.BytesIO(b""), ""))
    answer = field.tester.post("/farm/inspection", data=form)
    assert answer.status_code == 422
    assert 'href="#f-report"' in answer.text


def test_a_row_of_results_without_its_value_is_named_in_its_row(field: Field) -> None:
    form = _report(field, **{"results-1-result": ""})
    answer = field.tester.post("/farm/inspection", data=form)
    assert answer.status_code == 422
    assert 'href="#f-results-1-result"' in answer.text
    assert 'name="kept_report"' in answer.text


def test_more_rows_keep_what_was_typed_and_record_nothing(field: Field) -> None:
    before = len(field.records("li"))
    answer = field.tester.post("/farm/inspection", data=_report(field, more="yes"))
    assert answer.status_code == 200
    assert 'name="results-5-analyte"' in answer.text
    assert 'value="0.08"' in answer.text
    assert 'name="kept_report"' in answer.text
    assert len(field.records("li")) == before


def test_a_failed_test_says_that_it_is_on_hold_now(field: Field) -> None:
    form = {"submission_id": "test-0001", "inspection_kind": "rapid_test", "passed": "no",
            "subjects": [field.ids["cucumbers"]], "when": "2026-11-23"}  # fmt: skip
    answer = field.tester.post("/farm/inspection", data=form)
    field.saved(answer)
    assert "已经扣住，不能卖" in _see(field.tester, answer.location)
    assert "扣住了，问合作社" in _see(field.wang, "/farm")


def test_a_lot_that_failed_its_test_says_so(field: Field) -> None:
    harvest = field.saved(
        field.wang.post("/farm/harvesting", data=field.pick("cucumbers", total="5"))
    )
    form = {"submission_id": "test-0001", "inspection_kind": "rapid_test", "passed": "no",
            "subjects": [harvest.made[0].node_id], "when": "2026-11-23"}  # fmt: skip
    field.saved(field.tester.post("/farm/inspection", data=form))
    text = _see(field.tester, "/farm/inspection")
    assert re.search(r'class="state no">.*?没过，扣住了', text, re.DOTALL)
    assert "检过了" not in text


def test_a_plot_that_failed_its_inspection_may_not_be_picked(field: Field) -> None:
    sent = {"inspection_kind": "field_inspection", "plots": [field.ids["house17"]], "passed": "no"}
    field.season.report("inspection", sent, who="li", role="tester")
    text = _see(field.wang, "/farm")
    assert "扣住了，问合作社" in text
    assert "今天可以采" not in text


def test_a_grower_enters_rapid_tests_only(field: Field) -> None:
    assert "laboratory_report" not in _see(field.wang, "/farm/inspection")
    answer = field.wang.post("/farm/inspection", data=_report(field))
    assert answer.status_code == 403


def test_records_are_grouped_by_day_and_struck_out_ones_stay(field: Field) -> None:
    wrong = field.records()[0]
    field.season.correct(wrong.entry_id, "没打", None, "li")
    text = _see(field.wang, "/farm/records")
    assert text.index("11月22日") < text.index("11月20日") < text.index("11月12日")
    assert re.search(r"<del.*?李秀兰划掉了这条：没有这回事 “没打”", text, re.DOTALL)


def test_one_record_says_that_it_is_unchanged_and_where_it_stands(field: Field) -> None:
    record = field.records()[0]
    text = _see(field.wang, f"/farm/records/{record.entry_id}")
    assert "存上以后没人改过" in text
    assert f"第 {record.entry_index + 1} 条" in text


def test_another_growers_record_is_not_shown(field: Field) -> None:
    record = field.records()[0]
    sun = sign_in(field.app, field.season, "grower", "sun")
    for path in (f"/farm/records/{record.entry_id}", f"/farm/saved/{record.entry_id}"):
        assert sun.get(path).status_code == 404
        assert field.wang.get(path).status_code == 200


def test_a_form_from_another_site_records_nothing(field: Field) -> None:
    before = len(field.records())
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    answer = field.wang.post("/farm/spraying", data=field.spray(), headers=headers)
    assert answer.status_code == 403
    assert len(field.records()) == before


def test_what_people_typed_is_never_markup(field: Field) -> None:
    form = field.spray(input_lot="other", input_name="<b>药</b>", note="<script>1</script>")
    answer = field.wang.post("/farm/spraying", data=form)
    record = field.saved(answer)
    for path in (answer.location, f"/farm/records/{record.entry_id}", "/farm/records"):
        text = _see(field.wang, path)
        assert "<b>药</b>" not in text
        assert "<script>" not in text


def test_the_page_of_a_held_planting_says_why_and_what_ends_it(field: Field) -> None:
    form = field.spray(input_lot="other", input_name="<b>药</b>")
    saved = field.wang.post("/farm/spraying", data=form).location
    text = _see(field.wang, f"/farm/plantings/{field.ids['cucumbers']}")
    assert "用了名册里没有的投入品" in text
    assert "理事长说清楚用的是什么，就放行" in text
    assert "<b>药</b>" not in text
    assert 'class="saved up"' not in _see(field.wang, saved)
