"""The production record and the spray record the law asks for, of the inspector's own days."""

from flask.typing import ResponseReturnValue

from ..access import deed, signed_in
from ..manage.routes import FRAME
from ..papers.asking import paper_file, papers_page
from .routes import blueprint

HERE = "/inspect/papers"


@blueprint.get("/papers")
@deed("inspect")
def papers() -> ResponseReturnValue:
    """What the papers hold and lack, and the way to each file."""
    return papers_page("inspect/papers.html", signed_in().span, here=HERE, **FRAME)


@blueprint.get("/papers/production.pdf")
@deed("inspect")
def production_paper() -> ResponseReturnValue:
    """The production record as a PDF."""
    return paper_file("production", signed_in().span)


@blueprint.get("/papers/spray.pdf")
@deed("inspect")
def spray_paper() -> ResponseReturnValue:
    """The spray record as a PDF."""
    return paper_file("spray", signed_in().span)


@blueprint.get("/papers/records.xlsx")
@deed("inspect")
def workbook() -> ResponseReturnValue:
    """Both records as a spreadsheet."""
    return paper_file("workbook", signed_in().span)
