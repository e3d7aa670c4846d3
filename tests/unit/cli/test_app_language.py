"""In which language the app begins: as asked on the command line or by the environment, else as it was chosen last."""

from pathlib import Path

import pytest

from formcheck import cli
from formcheck.core.wording.language import ENGLISH, speak, spoken
from formcheck.people.chosen import Chosen, save_chosen
from formcheck.system.languages import LANGUAGE_VARIABLE, speak_language
from formcheck.web import server


@pytest.mark.parametrize(
    ("words", "environment", "chosen", "language"),
    [
        ([], None, None, "en"),
        ([], None, "de", "de"),
        ([], "en", "de", "en"),
        (["--language", "en"], None, "de", "en"),
        (["--language", "de"], None, None, "de"),
        ([], "de", "en", "de"),
        ([], None, "gone", "en"),
    ],
)
def test_the_app_begins_in_the_language_that_was_asked_for_or_chosen(
    words: list[str],
    environment: str | None,
    chosen: str | None,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "")  # so that it is put back
    monkeypatch.delenv(LANGUAGE_VARIABLE)
    if environment is not None:
        monkeypatch.setenv(LANGUAGE_VARIABLE, environment)
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    save_chosen(Chosen(language=chosen))
    found = []
    monkeypatch.setattr("formcheck.cli.commands.app.obtain", lambda _: None)
    monkeypatch.setattr("formcheck.cli.commands.app.silence_native_messages", lambda **_: None)
    monkeypatch.setattr(server, "serve", lambda *_, **__: found.append(spoken().language))
    monkeypatch.setattr("sys.argv", ["formcheck", *words, "app", "--no-open"])
    try:
        speak_language(environment)
        with pytest.raises(SystemExit):
            cli.main()
    finally:
        speak(ENGLISH)
    assert found == [language]
