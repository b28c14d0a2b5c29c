"""One module a command: ``arguments(parser)`` and ``run(chosen) -> exit code``.

``NEEDS_DATABASE = False`` spares the start of the database; ``MIGRATES = False`` its update.
"""
