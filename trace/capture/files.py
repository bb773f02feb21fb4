"""Taking a photo or a PDF: cleaned, kept by its hash, durable before any record names it."""

from ..repository import file_rows
from ..repository.papers import CleanPdf, check_pdf
from ..repository.photos import CleanPhoto, clean_photo
from .recording import Actor, Recorder


def keep_photo(recorder: Recorder, actor: Actor, content: bytes) -> str:
    """Clean and keep a photo; returns its hash. Raises PhotoRefused, DiskFull."""
    return _keep(recorder, actor, clean_photo(content))


def keep_paper(recorder: Recorder, actor: Actor, content: bytes) -> str:
    """Keep a report or certificate, a PDF or a photo of it. Raises FileRefused, DiskFull."""
    is_pdf = content.startswith(b"%PDF-")
    return _keep(recorder, actor, check_pdf(content) if is_pdf else clean_photo(content))


def _keep(recorder: Recorder, actor: Actor, clean: CleanPhoto | CleanPdf) -> str:
    name = recorder.instance.files.keep(clean)
    is_photo = isinstance(clean, CleanPhoto)
    with recorder.recording() as recording:
        file_rows.keep_row(
            recording.connection,
            coop_id=actor.coop_id,
            sha256=name,
            media_type="image/jpeg" if is_photo else "application/pdf",
            byte_size=len(clean.content),
            width=clean.width if isinstance(clean, CleanPhoto) else None,
            height=clean.height if isinstance(clean, CleanPhoto) else None,
            pages=None if isinstance(clean, CleanPhoto) else clean.pages,
            record_time=recording.record_time,
            uploaded_by=actor.party_id,
        )
    return name
