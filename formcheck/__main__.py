"""The program: `formcheck`, or `python -m formcheck`. It can be asked to end while most of it is still being imported."""

import sys

from formcheck.system.signals import Interrupted, take_until_exit


def main() -> None:
    """Run the command line, and exit; the entry point of `formcheck`."""
    take_until_exit()
    try:
        from formcheck.cli import main as run

        run()
    except Interrupted as interrupted:
        from formcheck.core import wording

        print(f"formcheck: {wording.STOPPED_EARLY}", file=sys.stderr)
        sys.exit(interrupted.exit_code)


if __name__ == "__main__":
    main()
