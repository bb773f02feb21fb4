"""The example season: an invented co-op, its pictures and papers, drawn and written by code."""
