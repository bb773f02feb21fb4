"""The papers the law asks for: production record and spray record, and what is missing in them.

cells    the words of one cell; who struck out what, why, and what stands in its place
tables   a record as tables of plain values in the reader's words
notes    what is missing by article, and what the file says of itself
files    the tables drawn as a PDF, and written as a spreadsheet
asking   which days and plot, out of the address; the page before the download

The desks of manager and inspector give the addresses.
"""
