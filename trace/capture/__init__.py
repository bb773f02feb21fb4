"""Writing: one function a deed, one transaction; clock and ids are passed in.

Forbidden here: SQL, HTTP.
"""
