"""Slow work in a process of its own, asked for by a row in the job table.

Forbidden here: importing trace.web.
"""
