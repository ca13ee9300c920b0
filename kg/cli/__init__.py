"""The command line: ``kg build``, ``kg claims`` and so on; each command is a method of the Graph.

Exit codes: 0 done, 1 something went wrong (one sentence on standard error) or the reader of a pipe
has gone (silent), 2 wrong usage, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
import warnings

from kg.cli.commands import app
from kg.errors import KGError


def main() -> None:
    """Run the command line and end the process with its exit code."""
    warnings.showwarning = _say
    try:
        app()
    except KGError as error:
        _fail(str(error))


def _say(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    """Our own warnings are sentences for the reader; a library's are for its developers."""
    if category is UserWarning:
        print(f"kg: {message}", file=sys.stderr)


def _fail(sentence: str) -> None:
    print(f"kg: {sentence}", file=sys.stderr)
    sys.exit(1)
