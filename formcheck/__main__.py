"""The program: `formcheck`, or `python -m formcheck`. It can be asked to end while most of it is still being imported."""

import os
import sys
from contextlib import suppress

from formcheck.system.signals import Interrupted, take_until_exit


def main() -> None:
    """Run the command line, and exit; the entry point of `formcheck`."""
    take_until_exit()
    # Pydantic looks for plugins of its own in all that is installed, which takes longer than many a command; there is none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from formcheck.core.errors import FormcheckError
        from formcheck.system.languages import asked_language, speak_language

        with suppress(FormcheckError):  # the command line tells it, with where its help is
            speak_language(asked_language(sys.argv[1:]))
        from formcheck.cli import main as run  # its help is in the language that is spoken by now

        run()
    except Interrupted as interrupted:
        from formcheck.core import wording

        print(f"formcheck: {wording.STOPPED_EARLY}", file=sys.stderr)
        sys.exit(interrupted.exit_code)


if __name__ == "__main__":
    main()
