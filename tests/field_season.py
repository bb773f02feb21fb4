"""Two plots of one grower and one of another: what the tests of the field pages look at."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from trace.capture.people import invite_as_operator
from trace.web import create_app
from trace.web.access import House
from trace.web.settings import Settings

from .seasons import Season, begin, photo

TODAY = "2026-11-23"


def field_season(folder: Path) -> Season:
    """Wang: cucumbers, which may be picked, and tomatoes, sprayed yesterday; Sun: cucumbers."""
    season = begin(folder)
    ids = season.ids
    season.declare(
        "strip", "plot", name="东头", name_en="East strip", site_id=ids["base"],
        grower_id=ids["wang"], kind="open_field",
    )  # fmt: skip
    season.on("2026-09-01", "09:00")
    season.make("bottle", "input_purchase", {"input": ids["azoxystrobin"],
                "supplier": ids["supplier"], "quantity": "500"})  # fmt: skip
    season.on("2026-09-08")
    for called, plot, crop, who in (
        ("cucumbers", "house17", "cucumber", "wang"),
        ("tomatoes", "strip", "tomato", "wang"),
        ("others", "house18", "cucumber", "sun"),
    ):
        sent = {"plot": ids[plot], "product": ids[crop], "variety": "津优 35"}
        season.make(called, "planting", sent, who=who, role="grower")
    season.on("2026-11-12")
    spray(season, "cucumbers", "2026-11-12")
    season.on("2026-11-20")
    watered = {"plantings": [ids["cucumbers"]], "method": "drip", "volume": "3"}
    season.report("irrigation", watered, who="wang", role="grower", when="2026-11-20")
    season.on("2026-11-22")
    spray(season, "tomatoes", "2026-11-22")
    season.on(TODAY, "08:30")
    return season


def spray(season: Season, planting: str, day: str, amount: str = "30") -> None:
    """Spray one planting with azoxystrobin (3 days)."""
    sent = {"plantings": [season.ids[planting]], "input_lot": season.ids["bottle"],
            "amount": amount}  # fmt: skip
    season.report("spraying", sent, who="wang", role="grower", when=day)


def farm_app(season: Season) -> Flask:
    """The application on this season's instance and clock."""
    app = create_app(Settings(instance=season.instance.folder))
    app.extensions["house"] = House(season.instance, season.recorder)
    return app


def sign_in(app: Flask, season: Season, role: str, who: str) -> FlaskClient:
    """A browser signed in by an invitation."""
    token = invite_as_operator(season.recorder, season.coop_id, role, season.ids[who])
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = "http://localhost"
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answer = client.post(f"/invitation/{token}")
    assert answer.status_code == 303
    return client


__all__ = ["TODAY", "Season", "farm_app", "field_season", "photo", "sign_in", "spray"]
