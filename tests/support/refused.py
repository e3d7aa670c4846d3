"""Commands that end with a sentence before they do anything, run in this process: a process of its own takes a second."""

import sys
from pathlib import Path

import pytest

from formcheck import cli


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run `formcheck` with these words, expect exit code 1 and no traceback, and return what was said of it.

    Native libraries speak to the process itself: commands that silence them are given `--verbose`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["formcheck", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    out, said = capsys.readouterr()
    assert ended.value.code == 1, said
    assert "formcheck: " in said
    assert "Traceback" not in said
    assert out == ""
    return said
