"""The command line. Each module in ``commands/`` is one command; see INTERFACES in the docs."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

from adhere import __version__
from adhere.errors import Problem
from adhere.main import commands
from adhere.main.starting import prepare


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 all kept, 1 something is not kept, 2 unusable input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(given)
    chosen = parser.parse_args(given)
    try:
        if before := getattr(chosen.module, "before", None):
            before(chosen)
        if getattr(chosen.module, "NEEDS_DATABASE", True):
            prepare(migrate=getattr(chosen.module, "MIGRATES", True))
        return int(chosen.module.run(chosen))
    except Problem as problem:
        print(f"adhere: {problem}", file=sys.stderr)  # noqa: T201
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = _OneLine(
        prog="adhere", description="Makes a company keep the policies it publishes, and prove it."
    )
    parser.add_argument("--version", action="version", version=f"adhere {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Command)
    names = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))
    wanted = given[0] if given and given[0] in names else None
    for name in [wanted] if wanted else names:
        module = _module(name)
        summary = (module.__doc__ or "").strip().partition("\n")[0]
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        module.arguments(subparser)
        subparser.set_defaults(module=module)
    return parser


class _OneLine(argparse.ArgumentParser):
    """Says what is wrong in one line, as every other message does."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help tells more\n")


class _Command(_OneLine):
    """Takes options between the positional arguments: ``export people --format xlsx FILE``."""

    _inside = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._inside:
            return super().parse_known_args(args, namespace)
        self._inside = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._inside = False


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{commands.__name__}.{name}")


if __name__ == "__main__":
    sys.exit(main())
