"""A photo or paper is on the disk and known to the co-op before any record names it."""

from io import BytesIO

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from trace.capture.files import keep_paper, keep_photo
from trace.domain.errors import Refused
from trace.domain.events import Photo
from trace.repository import file_rows
from trace.repository.refusals import FileRefused, PhotoRefused

from .ledger_reading import last_body
from .small_farm import SmallFarm


def photo(colour: str = "green") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def paper() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 720, "SY-2026-0117")
    canvas.save()
    return buffer.getvalue()


def row(farm: SmallFarm, sha256: str) -> dict[str, object]:
    with farm.instance.database.reading() as connection:
        found = file_rows.file_of(connection, sha256, farm.coop_id)
    assert found is not None
    return dict(found)


def test_a_photo_is_kept_by_its_hash(farm: SmallFarm) -> None:
    sha256 = keep_photo(farm.recorder, farm.actor("grower"), photo())
    assert farm.instance.files.is_whole(sha256)
    kept = row(farm, sha256)
    assert (kept["media_type"], kept["width"], kept["height"], kept["pages"]) == (
        "image/jpeg", 64, 48, None,
    )  # fmt: skip
    assert kept["uploaded_by"] == farm.ids["grower"]


def test_the_same_photo_twice_is_one(farm: SmallFarm) -> None:
    assert len({keep_photo(farm.recorder, farm.actor(), photo()) for _ in range(2)}) == 1


def test_a_report_is_a_pdf_or_a_photo_of_it(farm: SmallFarm) -> None:
    kept = [
        row(farm, keep_paper(farm.recorder, farm.actor("tester"), content))["media_type"]
        for content in (paper(), photo())
    ]
    assert kept == ["application/pdf", "image/jpeg"]


def test_what_is_no_photo_is_refused_and_leaves_nothing(farm: SmallFarm) -> None:
    with pytest.raises(PhotoRefused):
        keep_photo(farm.recorder, farm.actor(), b"%PDF-1.7 a paper is no photo")
    with pytest.raises(FileRefused):
        keep_paper(farm.recorder, farm.actor(), b"%PDF-1.7 broken")
    assert list(farm.instance.files.hashes()) == []


def test_an_event_names_its_photos_by_hash(farm: SmallFarm) -> None:
    sha256 = keep_photo(farm.recorder, farm.actor("grower"), photo())
    farm.record("irrigation", {"plantings": [farm.plant()]}, "grower", photos=(Photo(sha256),))
    assert last_body(farm)["files"] == [{"sha256": sha256, "purpose": "photo"}]


def test_another_co_ops_photo_did_not_arrive_here(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    sha256 = keep_photo(theirs.recorder, theirs.actor(), photo())
    with pytest.raises(Refused, match="did not arrive"):
        farm.record("irrigation", {"plantings": [farm.plant()]}, photos=(Photo(sha256),))


def test_a_laboratory_report_comes_with_its_file(farm: SmallFarm) -> None:
    sent = {
        "inspection_kind": "laboratory_report", "subjects": [farm.plant()], "passed": "yes",
        "laboratory": farm.ids["shop"], "report_number": "SY-1",
    }  # fmt: skip
    sha256 = keep_paper(farm.recorder, farm.actor("tester"), paper())
    for photos in ((), (Photo(sha256),)):
        with pytest.raises(Refused, match="needs its file"):
            farm.record("inspection", sent, "tester", photos=photos)
    farm.record("inspection", sent, "tester", photos=(Photo(sha256, "report"),))
    assert last_body(farm)["vouched_by"] == "laboratory"
