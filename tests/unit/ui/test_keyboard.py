"""The keys of the terminal, where there is one that listens to this program."""

import os
import sys

import pytest

from formcheck.ui.terminal_keys import Keyboard


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are files elsewhere alone")
def test_a_terminal_of_another_session_has_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, terminal = os.openpty()
    with os.fdopen(terminal) as opened, Keyboard() as before:
        monkeypatch.setattr(sys, "stdin", opened)
        with Keyboard() as keyboard:
            os.write(keys, b"q\n")
            assert (keyboard.present, keyboard.letters(), keyboard.pressed()) == (False, "", ())
        monkeypatch.undo()
        assert before.letters() == ""
    os.close(keys)
