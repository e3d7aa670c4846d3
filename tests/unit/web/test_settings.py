"""What is chosen in the app: it is kept for its next start, changes at once what the server says, and is asked for before."""

import asyncio
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from formcheck.core.wording.language import ENGLISH, N_, speak, spoken
from formcheck.people.chosen import Chosen, chosen_file, load_chosen, save_chosen
from formcheck.people.profile import Profile, profile_names, save_profile
from formcheck.people.safety import answers_file
from formcheck.system.languages import LANGUAGE_VARIABLE, speak_language
from formcheck.system.paths import films_folder
from formcheck.vision.engines import EngineModel
from formcheck.web.app import App
from formcheck.web.routes import ShownResponse
from tests.support.calibrated import baseline_of
from tests.support.toy_engine import FACTORY


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    for name in ("anna", "ben"):
        save_profile(name, Profile.of(baseline_of(), taken=datetime(2026, 1, 5, tzinfo=UTC), camera=(640, 480)))
    yield tmp_path
    speak(ENGLISH)


@pytest.fixture
def app() -> Starlette:
    return App(model=EngineModel(engine="toy", factory=FACTORY, file=None), quit=lambda: None, folder=Path("nowhere")).routes()


def ask(app: Starlette, method: str, path: str, body: Any = None, headers: Any = None) -> tuple[int, Any]:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return await client.request(method, path, json=body, headers=headers)

    answer = asyncio.run(asked())
    return answer.status_code, answer.json() if answer.headers["content-type"] == "application/json" else answer.content


def test_the_language_changes_at_once_and_is_kept(app: Starlette) -> None:
    assert ask(app, "GET", "/api/words")[1]["words"]["yes"] == "Yes"
    assert ask(app, "POST", "/api/settings", {"language": "de"})[0] == 200
    found = ask(app, "GET", "/api/words")[1]
    assert (found["language"], found["words"]["yes"]) == ("de", "Ja")
    assert os.environ[LANGUAGE_VARIABLE] == "de", "processes that are started from here speak it too"
    assert load_chosen().language == "de"
    settings = ask(app, "GET", "/api/settings")[1]
    assert settings["languages"] == {"en": "English", "de": "Deutsch"}
    assert chosen_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("asked", "chosen", "browser", "spoken_then"),
    [
        (None, None, "de-DE,de;q=0.9,en;q=0.8", "de"),
        (None, None, "en-GB,en;q=0.9,de;q=0.8", "en"),
        (None, None, "fr-FR,fr;q=0.9,de;q=0.5,en;q=0.3", "de"),
        (None, None, "en;q=0.3, de-AT;q=0.7", "de"),
        (None, None, "de;q=0, en", "en"),
        (None, None, "fr, *;q=0.5", "en"),
        (None, None, "", "en"),
        (None, None, "d\xe9, ../de;q=x", "en"),
        ("en", None, "de", "en"),
        ("de", None, "en", "de"),
        (None, "en", "de", "en"),
        (None, "de", "en", "de"),
    ],
)
def test_a_page_is_in_the_language_that_was_chosen_else_in_that_of_the_browser(
    asked: str | None, chosen: str | None, browser: str, spoken_then: str, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    if asked is None:
        monkeypatch.delenv(LANGUAGE_VARIABLE)
    speak_language(asked)
    if chosen is not None:
        ask(app, "POST", "/api/settings", {"language": chosen})
    assert ask(app, "GET", "/", headers={"accept-language": browser.encode("latin-1")})[0] == 200
    assert ask(app, "GET", "/api/words")[1]["language"] == spoken_then


def test_a_second_browser_does_not_change_the_language_of_the_first(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LANGUAGE_VARIABLE)
    for browser in ("fr", "de", "en"):
        ask(app, "GET", "/", headers={"accept-language": browser})
    assert ask(app, "GET", "/api/words")[1]["language"] == "de"


def test_a_choice_leaves_the_other_as_it_is(app: Starlette) -> None:
    ask(app, "POST", "/api/settings", {"language": "de"})
    ask(app, "POST", "/api/settings", {"profile": "anna"})
    assert load_chosen() == Chosen(language="de", profile="anna")
    ask(app, "POST", "/api/settings", {"profile": None})
    assert load_chosen() == Chosen(language="de")


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"language": "../de"}, {"profile": "nobody"}, {"profile": "../anna"}])
def test_what_there_is_not_is_refused_and_nothing_is_kept(wrong: dict[str, str], app: Starlette) -> None:
    status, told = ask(app, "POST", "/api/settings", wrong)
    assert status == 400
    assert told["error"]
    assert not chosen_file().exists()
    assert spoken() is ENGLISH


@pytest.mark.parametrize("wrong", [{"voice": "x"}, {"language": 5}, []])
def test_what_the_page_does_not_send_is_refused(wrong: Any, app: Starlette) -> None:
    assert ask(app, "POST", "/api/settings", wrong)[0] == 422


def test_profiles_are_told_with_their_baseline_and_their_faults(app: Starlette, home: Path) -> None:
    (home / "data" / "profiles" / "cut.toml").write_text("format = ", encoding="utf-8")
    rows = ask(app, "GET", "/api/settings")[1]["profiles"]
    assert [(row["name"], row["taken"], row["trouble"] is None) for row in rows] == [
        ("anna", "2026-01-05T00:00:00+00:00", True),
        ("ben", "2026-01-05T00:00:00+00:00", True),
        ("cut", None, False),
    ]


def test_a_profile_is_deleted_with_all_of_that_person(app: Starlette) -> None:
    save_chosen(Chosen(profile="anna"))
    answers_file("anna").write_text("{}", encoding="utf-8")
    assert ask(app, "DELETE", "/api/profiles/anna")[0] == 200
    assert profile_names() == ["ben"]
    assert not answers_file("anna").exists()
    assert ask(app, "GET", "/api/state")[1]["profile"] is None, "nobody is chosen who is gone"
    assert ask(app, "DELETE", "/api/profiles/anna")[0] == 400
    assert ask(app, "DELETE", "/api/profiles/..%2Fanna")[0] in (400, 404)


def test_what_a_profile_changes_is_told_in_the_language_that_is_spoken(app: Starlette) -> None:
    ask(app, "POST", "/api/settings", {"language": "de"})
    whose = {"plan": "kneeling_hip_flexor", "profile": "anna"}
    asked = ask(app, "GET", "/api/questions?plan=kneeling_hip_flexor&profile=anna")[1]["questions"]
    answers = [{"id": one["id"], "yes": False, "agreed": None} for one in asked]
    assert ask(app, "POST", "/api/answers", {**whose, "answers": answers})[0] == 200
    notes = ask(app, "GET", "/api/questions?plan=kneeling_hip_flexor&profile=anna")[1]["notes"]
    assert notes[0].startswith("Profil anna, Ausgangswert vom ")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"language": 5}', '{"other": "x"}', "\x00"])
def test_a_damaged_file_is_as_none(content: str) -> None:
    chosen_file().write_text(content, encoding="utf-8")
    assert load_chosen() == Chosen()


def test_a_film_is_had_by_its_name_and_nothing_else(app: Starlette, home: Path) -> None:
    films_folder().mkdir()
    (films_folder() / "2026-11-30_081339.mp4").write_bytes(b"film")
    (films_folder() / "2026-11-30_081339.unfinished.mp4").write_bytes(b"half")
    (films_folder() / "notes.txt").write_bytes(b"mine")
    assert ask(app, "GET", "/api/films/2026-11-30_081339.mp4") == (200, b"film")
    for name in ("notes.txt", "2026-11-30_081339.unfinished.mp4", "..%2Fapp.json", "%2e%2e/app.json", "%2Fetc%2Fpasswd", "*"):
        assert ask(app, "GET", f"/api/films/{name}")[0] == 404, name


def test_every_sentence_of_an_answer_is_in_the_language_that_is_spoken(app: Starlette) -> None:
    told = {"error": [N_("Yes"), "Yes"], "rows": ({"text": N_("No"), "number": 1.5, "none": None},), "yes": True}
    assert json.loads(bytes(ShownResponse(told).body)) == {
        "error": ["Yes", "Yes"],
        "rows": [{"text": "No", "number": 1.5, "none": None}],
        "yes": True,
    }
    ask(app, "POST", "/api/settings", {"language": "de"})
    assert json.loads(bytes(ShownResponse(told).body))["error"] == ["Ja", "Yes"], (
        "what is no sentence of the program stays as it is"
    )
