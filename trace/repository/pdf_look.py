"""A program of its own: opens a PDF given on standard input and says what it sees.

PDFium is native code, not thread-safe, and here meets files of strangers; so it runs apart from the
server, with little memory and time. Imports nothing of ours, since it is started by path.

Answer on standard output: one line `pages width height`, then the first page as width × height RGB
pixels. Exit code 3: a password is needed; 4: not readable; anything else: PDFium gave up.
"""

import sys

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

LONGEST_SIDE = 960  # pixels
MEMORY_BYTES = 1_000_000_000
PROCESSOR_SECONDS = 10
NEEDS_PASSWORD = 3
NOT_READABLE = 4


def limit_resources() -> None:
    """Bound memory and processor time where the system can (everywhere but Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def look(content: bytes) -> int:
    """Write the answer for one PDF; gives the exit code."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return NEEDS_PASSWORD if error.err_code == FPDF_ERR_PASSWORD else NOT_READABLE
    pages = len(document)
    if not pages:
        return NOT_READABLE
    try:
        page = document[0]
        scale = LONGEST_SIDE / max(*page.get_size(), 1)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return NOT_READABLE
    sys.stdout.buffer.write(f"{pages} {picture.width} {picture.height}\n".encode())
    sys.stdout.buffer.write(picture.tobytes())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    limit_resources()
    sys.exit(look(sys.stdin.buffer.read()))
