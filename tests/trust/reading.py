"""Reads a data file that no command reads by itself: `python -m tests.trust.reading landmarks|answers|block_answers FILE`."""

import sys

from formcheck.core.errors import FormcheckError


def main(what: str, file: str) -> None:
    try:
        if what == "landmarks":
            import formcheck

            print(formcheck.score(formcheck.read_landmarks(file)))
        else:
            from formcheck.people import safety

            print(safety.load_answers() if what == "answers" else safety.load_block_answers())
    except FormcheckError as error:
        sys.exit(f"formcheck: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
