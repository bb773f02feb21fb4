"""Lots' pages: what vouches for a lot, and issuing its certificate of conformity."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.field_season import farm_app, field_season, sign_in
from tests.seasons import paper
from tests.web.two_coops import form_id, words


class House:
    """Cucumbers sprayed with azoxystrobin, picked and packed, and the people around them."""

    def __init__(self, folder: Path) -> None:
        self.season = field_season(folder)
        self.ids = self.season.ids
        takes = [{"node": self.ids["cucumbers"], "quantity": "20"}]
        self.picked = self.season.make("picked", "harvesting", {"takes": takes})
        packed = {"takes": [{"node": self.picked, "quantity": "20"}], "packed_quantity": "40",
                  "unit": "bundle"}  # fmt: skip
        self.lot = self.season.make("packed", "packing", packed)
        self.app = farm_app(self.season)
        self.packer = sign_in(self.app, self.season, "packer", "li")
        self.manager = sign_in(self.app, self.season, "manager", "yu")
        self.tester = sign_in(self.app, self.season, "tester", "sun")

    @property
    def address(self) -> str:
        return f"/packing/lots/{self.lot}/certificate"

    def see(self, client: FlaskClient, path: str) -> str:
        answer = client.get(f"{path}?lang=en")
        assert answer.status_code == 200, path
        return words(answer)

    def issue(self, basis: str, number: str = "", form: str = "") -> Any:
        own = form or form_id(self.packer, self.address)
        sent = {"form_id": own, "basis": basis, "number": number}
        return self.packer.post(f"{self.address}?lang=en", data=sent)

    def report(self, *analytes: str) -> None:
        sent = {
            "inspection_kind": "laboratory_report", "subjects": [self.lot], "passed": "yes",
            "laboratory": self.ids["lab"], "report_number": "SL-1",
            "results": [{"analyte": one, "result": "0.01"} for one in analytes],
        }  # fmt: skip
        self.season.report("inspection", sent, report_file=paper())


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_packing_page_says_what_is_missing_and_who_writes_it_down(house: House) -> None:
    page = house.see(house.packer, f"/packing/lots/{house.lot}")
    assert "Cucumbers needs a passed rapid test before its labels are printed" in page
    assert "The testing room or a manager writes the test down" in page
    assert "Write the test down" not in page, "a packer may not test"


def test_the_manager_gets_a_link_to_the_test_that_is_missing(house: House) -> None:
    for path in (f"/packing/lots/{house.lot}", f"/packing/print/{house.lot}",
                 f"/manage/lots/{house.lot}"):  # fmt: skip
        page = house.manager.get(path).text
        assert f"/farm/tests?subject={house.lot}" in page, path


def test_tester_manager_and_packer_see_what_was_sprayed_and_not_measured(house: House) -> None:
    for client, path in ((house.tester, f"/farm/lots/{house.lot}"),
                         (house.manager, f"/manage/lots/{house.lot}"),
                         (house.packer, f"/packing/lots/{house.lot}")):  # fmt: skip
        page = house.see(client, path)
        assert "azoxystrobin" in page, path
        assert "not measured" in page, path
    house.report("Azoxystrobin")
    page = house.see(house.tester, f"/farm/lots/{house.lot}")
    assert "not measured" not in page.split("Certificates")[0]


def test_a_basis_that_the_tests_do_not_cover_lists_what_is_missing(house: House) -> None:
    house.report("毒死蜱")
    answer = house.issue("laboratory")
    assert answer.status_code == 422
    assert "azoxystrobin was sprayed on 12 November 2026" in words(answer)


def test_a_certificate_shows_on_the_lot_and_a_double_click_issues_one(house: House) -> None:
    own = form_id(house.packer, house.address)
    first, second = house.issue("own_control", form=own), house.issue("own_control", form=own)
    assert first.status_code == second.status_code == 303
    page = house.see(house.packer, f"/packing/lots/{house.lot}")
    assert "Certificate of conformity HGZ-261123-01" in page
    assert "own quality control" in page
    assert "Issue a certificate" not in page


def test_what_was_typed_stays_when_it_is_refused(house: House) -> None:
    answer = house.issue("own_test", "CN 7")
    assert answer.status_code == 422
    assert 'value="CN 7"' in answer.text
    assert 'value="own_test" checked' in answer.text


def test_the_choice_of_basis_says_where_something_is_missing(house: House) -> None:
    page = house.see(house.packer, house.address)
    assert page.count("something is missing") == 2


def test_a_certificate_of_our_own_is_judged_on_every_lot_page(house: House) -> None:
    page = house.see(house.manager, f"/manage/lots/{house.lot}")
    assert "Green food" in page
    assert "valid for it" in page
    assert "had run out" in page, "the pollution-free one of 2018"


def test_nothing_is_issued_for_a_lot_on_hold(house: House) -> None:
    house.season.report("hold", {"subjects": [house.lot], "reason": "查"})
    answer = house.issue("own_control")
    assert answer.status_code == 422
    assert "on hold" in words(answer)
