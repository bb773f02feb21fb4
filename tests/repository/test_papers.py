"""PDFs are opened apart and kept as they came; files on disk are whole, durable or not there."""

import io
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from trace.repository.files import FileMissing, FileStore
from trace.repository.papers import CleanPdf, check_pdf
from trace.repository.photos import CleanPhoto, clean_photo
from trace.repository.refusals import FileRefused, PdfRefused

ROOT = Path(__file__).resolve().parents[2]


def pdf(pages: int = 1, password: str | None = None, may_print: int = 1) -> bytes:
    """A PDF with a black square on every page; `password` "" locks only changes."""
    lock = None
    if password is not None:
        lock = StandardEncryption(password, ownerPassword="owner", canModify=0, canPrint=may_print)
    with io.BytesIO() as out:
        canvas = Canvas(out, pagesize=(595, 842), encrypt=lock)
        for _ in range(pages):
            canvas.rect(100, 600, 200, 200, fill=1)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def refused(content: bytes) -> PdfRefused:
    with pytest.raises(PdfRefused) as caught:
        check_pdf(content)
    return caught.value


def photo(colour: str = "olive") -> CleanPhoto:
    with io.BytesIO() as out:
        Image.new("RGB", (200, 100), colour).save(out, "PNG")
        return clean_photo(out.getvalue())


def files_under(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_pdf_is_kept_as_it_came_and_its_pages_counted() -> None:
    content = pdf(pages=3)
    assert check_pdf(content).content == content
    assert check_pdf(content).pages == 3


def test_the_first_page_is_shown_as_a_small_picture() -> None:
    page = Image.open(io.BytesIO(check_pdf(pdf()).page)).convert("L")
    assert len(check_pdf(pdf()).page) <= 40_000
    assert page.height == 960
    across, down, pixels = page.width / 595, page.height / 842, page.tobytes()
    inside = pixels[int(142 * down) * page.width + int(200 * across)]
    outside = pixels[int(142 * down) * page.width + int(400 * across)]
    assert inside < 20 < 235 < outside


def test_a_pdf_that_needs_a_password_is_refused_as_locked() -> None:
    assert refused(pdf(password="secret")).reason == "locked_pdf"


def test_a_pdf_anybody_can_open_is_taken_though_changes_are_locked() -> None:
    assert check_pdf(pdf(password="", may_print=0)).pages == 1


def test_fifty_pages_are_taken_and_more_are_not() -> None:
    assert check_pdf(pdf(pages=50)).pages == 50
    refusal = refused(pdf(pages=51))
    assert refusal.reason == "too_many_pages"
    assert refusal.values == {"pages": "51", "limit": "50"}


@pytest.mark.parametrize(
    "content",
    [
        b"<html>%PDF-1.7 %%EOF</html>",
        b"PK\x03\x04 a spreadsheet",
        b"\xff\xd8\xff\xe0 a photo",
        b"plain words",
    ],
)
def test_what_is_no_pdf_is_refused_as_such(content: bytes) -> None:
    assert refused(content).reason == "not_a_pdf"


def test_an_empty_file_is_refused_as_such() -> None:
    assert refused(b"").reason == "empty_file"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_pdf_cut_off_on_the_way_is_refused(share: float) -> None:
    content = pdf(pages=10)
    assert refused(content[: int(len(content) * share)]).reason == "broken_pdf"


def test_a_pdf_in_name_only_is_refused() -> None:
    assert refused(b"%PDF-1.7\nnothing here\n%%EOF\n").reason == "broken_pdf"


def test_a_pdf_over_ten_megabytes_is_refused_unopened() -> None:
    refusal = refused(b"%PDF-" + bytes(10_000_001) + b"%%EOF")
    assert refusal.reason == "too_large"
    assert refusal.values == {"size": "10.1", "limit": "10"}


@settings(max_examples=15, deadline=None)
@given(body=st.binary(max_size=300))
def test_random_bytes_between_pdf_marks_raise_nothing_but_a_refusal(body: bytes) -> None:
    try:
        assert isinstance(check_pdf(b"%PDF-1.4\n" + body + b"\n%%EOF"), CleanPdf)
    except FileRefused as refusal:
        assert refusal.reason == "broken_pdf"


def test_a_kept_photo_is_read_back_under_its_hash(tmp_path: Path) -> None:
    store, clean = FileStore(tmp_path / "files"), photo()
    name = store.keep(clean)
    assert name == sha256(clean.content).hexdigest()
    assert store.read(name) == clean.content
    assert store.read(name, "card") == clean.card
    assert store.read(name, "page") == clean.page
    assert store.path(name).relative_to(tmp_path).parts == ("files", name[:2], f"{name[2:]}.jpg")


def test_a_kept_paper_is_read_back_with_its_first_page(tmp_path: Path) -> None:
    store, clean = FileStore(tmp_path), check_pdf(pdf())
    name = store.keep(clean)
    assert store.path(name).suffix == ".pdf"
    assert store.read(name) == clean.content
    assert store.read(name, "page") == clean.page
    with pytest.raises(FileMissing):
        store.path(name, "card")


def test_the_same_photo_twice_is_one_file(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    assert store.keep(photo()) == store.keep(photo())
    assert len(files_under(tmp_path)) == 3


def test_a_lost_rendition_comes_back_with_the_next_keep(tmp_path: Path) -> None:
    store, clean = FileStore(tmp_path), photo()
    name = store.keep(clean)
    store.path(name, "card").unlink()
    store.keep(clean)
    assert store.read(name, "card") == clean.card


def test_an_erased_photo_leaves_nothing_and_its_neighbour_stays(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    erased, kept = store.keep(photo("red")), store.keep(photo("blue"))
    half_written = store.path(erased).with_name(f"{erased[2:]}.jpg.0123456789abcdef.part")
    half_written.write_bytes(b"left by a power cut")
    assert store.remove(erased)
    assert not store.remove(erased)
    assert list(store.hashes()) == [kept]
    assert all(erased[2:] not in path.name for path in files_under(tmp_path))


def test_hashes_names_every_original_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    names = {store.keep(photo("red")), store.keep(photo("blue")), store.keep(check_pdf(pdf()))}
    assert sorted(names) == list(store.hashes())


def test_a_file_changed_on_disk_is_noticed(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    name = store.keep(photo())
    assert store.is_whole(name)
    store.path(name).write_bytes(store.read(name) + b"!")
    assert not store.is_whole(name)


@pytest.mark.parametrize(
    "name", ["../../../../etc/passwd", "", "a" * 63, "A" * 64, "a" * 62 + "/.", "a" * 64 + "\n"]
)
def test_only_a_hash_names_a_file(tmp_path: Path, name: str) -> None:
    store = FileStore(tmp_path / "files")
    for ask in (store.path, store.read, store.remove):
        with pytest.raises(FileMissing):
            ask(name)


FILLING = """
import resource, sys, pathlib
sys.path.insert(0, sys.argv[1])
from PIL import Image
from trace.repository.files import DiskFull, FileStore
from trace.repository.photos import CleanPhoto
clean = CleanPhoto(b"c" * 30_000, b"a" * 500, b"p" * 500, 1, 1)
if sys.argv[3] == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    FileStore(pathlib.Path(sys.argv[2])).keep(clean)
except DiskFull as error:
    print("full", error.errno)
else:
    print("kept")
"""


def keep_in_a_process(folder: Path, room: str) -> str:
    """Keep a photo where the system itself refuses to write more than 20 kB a file."""
    answer = subprocess.run(
        [sys.executable, "-c", FILLING, str(ROOT), str(folder), room],
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file size to fill up against")
def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    assert keep_in_a_process(tmp_path, "full").startswith("full")
    assert files_under(tmp_path) == []
    assert keep_in_a_process(tmp_path, "roomy") == "kept\n"
    assert len(files_under(tmp_path)) == 3


def test_two_processes_keeping_the_same_photo_both_succeed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILLING, str(ROOT), str(tmp_path), "roomy"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0] for process in running] == ["kept\n"] * 3
    assert len(files_under(tmp_path)) == 3
