"""The only SQL, and files on disk.

Forbidden here: deciding anything that trace.domain can decide.
"""
