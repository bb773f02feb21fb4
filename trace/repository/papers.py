"""Uploaded PDFs (reports, certificates, receipts): checked, kept as they came, with a preview.

A report's hash must stay the one the laboratory's own file has, so a PDF is not rewritten; it is
served as an attachment only, and pages show the preview, which is pixels of ours.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from .photos import PAGE_BYTES, PAGE_SIDE, jpeg_within
from .refusals import PdfRefused, megabytes

MOST_BYTES: Final = 10_000_000
MOST_PAGES: Final = 50
LOOK_SECONDS: Final = 20
LOOK_PROGRAM: Final = Path(__file__).with_name("pdf_look.py")
NEEDS_PASSWORD: Final = 3  # pdf_look's exit code
END_WITHIN_BYTES: Final = 2048  # the last %%EOF, with what some programs append after it


@dataclass(frozen=True)
class CleanPdf:
    """A PDF as it came; `page` is its first page as a small JPEG."""

    content: bytes
    page: bytes
    pages: int


def check_pdf(content: bytes) -> CleanPdf:
    """Open a PDF in a process of its own and take it, or raise PdfRefused.

    Reasons: empty_file, too_large, not_a_pdf, broken_pdf (cut off, no page, or PDFium gave up),
    locked_pdf (nobody can read it without a password), too_many_pages.
    """
    if not content:
        raise PdfRefused("empty_file")
    if len(content) > MOST_BYTES:
        raise PdfRefused("too_large", size=megabytes(len(content)), limit=megabytes(MOST_BYTES))
    if not content.startswith(b"%PDF-"):
        raise PdfRefused("not_a_pdf")
    if b"%%EOF" not in content[-END_WITHIN_BYTES:]:
        raise PdfRefused("broken_pdf")
    try:
        look = subprocess.run(  # noqa: S603  our own program, by absolute path, no shell
            [sys.executable, "-I", str(LOOK_PROGRAM)],
            input=content,
            capture_output=True,
            timeout=LOOK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfRefused("broken_pdf") from None
    if look.returncode:
        raise PdfRefused("locked_pdf" if look.returncode == NEEDS_PASSWORD else "broken_pdf")
    line, _, pixels = look.stdout.partition(b"\n")
    pages, width, height = map(int, line.split())
    if pages > MOST_PAGES:
        raise PdfRefused("too_many_pages", pages=str(pages), limit=str(MOST_PAGES))
    first_page = Image.frombytes("RGB", (width, height), pixels)
    return CleanPdf(content, jpeg_within(first_page, PAGE_SIDE, PAGE_BYTES), pages)
