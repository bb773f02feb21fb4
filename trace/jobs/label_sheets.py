"""Sheets of labels: the PDF of one print job, every label of it read back before it is offered."""

import os
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from labels.read_back import read_back
from labels.sheet import UnitLabel, write_labels
from labels.stock import stock_named

from ..query.label_text import address, read_text
from ..query.print_jobs import PrintWork

WRITING_SHARE = 5  # writing takes about a fifth of a job's time, reading back the rest

Progress = Callable[[int], None]


def make_sheets(work: PrintWork, progress: Progress | None = None) -> bytes:
    """The PDF of a job, the same bytes each time. Raises LabelError: a wrong label does not print.

    `progress` is told how many of the labels are done.
    """
    stock = stock_named(work.stock)
    addresses = [address(work.base_url, code) for code in work.codes]
    units = [UnitLabel(*one) for one in zip(work.codes, addresses, strict=True)]
    written = len(units) // WRITING_SHARE
    tell = progress or (lambda done: None)
    pdf = BytesIO()
    write_labels(
        pdf,
        stock,
        read_text(work.label_text),
        units,
        first_cell=work.first_cell,
        title=work.title,
        progress=lambda done: tell(done // WRITING_SHARE),
    )
    found = read_back(
        pdf.getvalue(),
        addresses,
        stock,
        first_cell=work.first_cell,
        progress=lambda done: tell(written + done * (len(units) - written) // len(units)),
    )
    found.refuse_unread()
    return pdf.getvalue()


def file_name(work: PrintWork) -> str:
    """What a job's PDF is called in the jobs folder."""
    return f"{work.job_id}.pdf"


def keep_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
