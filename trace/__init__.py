"""Qijimu, the traceability service. Arrows point down only:

    run.py -> commands -> web -> capture, query -> repository -> domain      jobs stands beside web

The package shares its name with a module of Python's own, so it is never installed: run.py puts the
checkout first on sys.path, and code in here imports relatively.
"""
