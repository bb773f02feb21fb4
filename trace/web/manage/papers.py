"""The production record and the spray record the law asks for, and what they still lack."""

from flask.typing import ResponseReturnValue

from ...domain.reading_span import UNLIMITED
from ..access import deed
from ..papers.asking import paper_file, papers_page
from .routes import FRAME, blueprint

HERE = "/manage/papers"


@blueprint.get("/papers")
@deed("see_desk")
def papers() -> ResponseReturnValue:
    """What the papers hold and lack, and the way to each file."""
    return papers_page("manage/papers.html", UNLIMITED, here=HERE, **FRAME)


@blueprint.get("/papers/production.pdf")
@deed("see_desk")
def production_paper() -> ResponseReturnValue:
    """The production record as a PDF."""
    return paper_file("production", UNLIMITED)


@blueprint.get("/papers/spray.pdf")
@deed("see_desk")
def spray_paper() -> ResponseReturnValue:
    """The spray record as a PDF."""
    return paper_file("spray", UNLIMITED)


@blueprint.get("/papers/records.xlsx")
@deed("see_desk")
def workbook() -> ResponseReturnValue:
    """Both records as a spreadsheet."""
    return paper_file("workbook", UNLIMITED)
