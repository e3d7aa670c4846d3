"""The commands, and the one place where errors become a sentence and an exit code.

Nothing heavy is imported before a command needs it: `formcheck --help` must be instant.
"""

import os
import sys

from formcheck.cli.options import app
from formcheck.core.errors import FormcheckError
from formcheck.system.files import DISK_ERRORS


def main() -> None:
    """Run the command line; the entry point of `formcheck`."""
    try:
        app()
    except FormcheckError as error:
        print(f"formcheck: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read our output has had enough, as in `formcheck poses | head`.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        print(f"formcheck: the result cannot be written ({error.strerror}).", file=sys.stderr)
        os._exit(1)  # what is left in the buffers would fail again
