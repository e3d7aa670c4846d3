"""Clips that a page gives to be checked: what is let in, in which order they are worked on, and what is left of them."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from formcheck.core.wording.language import ENGLISH, Catalogue, speak
from formcheck.pipeline.batch.run import OWN_FAULT
from formcheck.system.leftovers import temporary_folder
from formcheck.system.processes import Answers, Processes, Stop, never_stop
from formcheck.web.routes.video import checks, uploads
from tests.support.batches import LOG, told
from tests.support.hostile import BYTES, HOSTILE, ORDERS
from tests.unit.web.videos import MINE, MOST_BYTES, Videos, pieces, until


@pytest.fixture
def videos(tmp_path: Path) -> Iterator[Videos]:
    made = Videos(tmp_path)
    yield made
    made.checks.close()


class TestUploads:
    def test_a_file_is_checked_and_goes_with_its_check(self, videos: Videos) -> None:
        videos.go.set()
        name = videos.upload("My clip.mp4", pieces(20)).json()["id"]
        (copy,) = videos.files.rglob("My clip.mp4")
        assert copy.stat().st_size == 20 * 4096
        until(lambda: videos.states() == ["done"])
        (row,) = videos.rows()
        assert (row["id"], row["name"], row["place"], row["result"]["notes"]) == (name, "My clip.mp4", None, ["A note."])
        assert videos.request("DELETE", f"/api/videos/{name}").status_code == 200
        assert not list(videos.files.iterdir())
        assert not videos.rows()

    def test_what_is_too_large_by_its_own_word_is_not_read(self, videos: Videos) -> None:
        read: list[int] = []

        async def content() -> AsyncIterator[bytes]:
            read.append(1)
            yield b"0"

        for headers in ({"content-length": "1000000000"}, {"content-length": f"{MOST_BYTES + 1}"}):
            refused = videos.upload(content=content(), headers=headers)
            assert (refused.status_code, refused.headers["connection"]) == (413, "close")
        assert not read
        assert not list(videos.files.iterdir())

    def test_what_is_too_large_without_a_word_is_cut_off(self, videos: Videos) -> None:
        refused = videos.upload(content=pieces(MOST_BYTES // 4096 + 2))
        assert (refused.status_code, refused.headers["connection"]) == (413, "close")
        assert "900 MB" in refused.json()["error"][0]
        assert not list(videos.files.iterdir())
        assert not videos.rows()

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"origin": MINE["origin"]}, 401),
            ({"cookie": MINE["cookie"]}, 403),
            ({**MINE, "origin": "http://evil.example"}, 403),
        ],
    )
    def test_who_may_not_sends_nothing(self, headers: dict[str, str], status: int, videos: Videos) -> None:
        read: list[int] = []

        async def content() -> AsyncIterator[bytes]:
            read.append(1)
            yield b"0"

        answer = videos.ask(lambda client: client.put("/api/videos/upload?name=a.mp4", content=content()), headers)
        assert (answer.status_code, read) == (status, [])
        assert not list(videos.files.iterdir())

    def test_only_files_may_be_large(self, videos: Videos) -> None:
        assert videos.request("POST", "/api/videos", content=b"0" * 70_000).status_code == 413

    def test_a_page_that_goes_away_leaves_nothing(self, tmp_path: Path) -> None:
        waiting = [{"type": "http.request", "body": b"begun", "more_body": True}, {"type": "http.disconnect"}]

        async def arriving() -> Any:
            return waiting.pop(0)

        scope = {"type": "http", "method": "PUT", "path": "/", "query_string": b"name=a.mp4", "headers": []}
        with pytest.raises(HTTPException):
            asyncio.run(uploads.receive(Request(scope, arriving), tmp_path / "own"))
        assert not waiting
        assert not (tmp_path / "own").exists()

    def test_a_full_disk_takes_none(self, videos: Videos, monkeypatch: pytest.MonkeyPatch) -> None:
        free = uploads.KEEP_FREE_BYTES + 20_000
        usage = shutil.disk_usage(videos.files)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=free))
        stated = videos.upload(content=b"0" * 20_001)
        assert (stated.status_code, stated.headers["connection"]) == (507, "close")
        came: list[int] = []

        async def content() -> AsyncIterator[bytes]:
            nonlocal free
            for _ in range(9):
                came.append(1)
                yield b"0" * 4096
                free -= 4096

        assert videos.upload(content=content()).status_code == 507
        assert 1 < len(came) < 9
        assert not list(videos.files.iterdir())

    @pytest.mark.parametrize(
        "options", [{"pose": "/etc/own.toml"}, {"pose": "nothing"}, {"profile": "../x"}, {"rotate": 5}, {"x": 1}]
    )
    def test_options_that_cannot_be_are_refused_before_it_is_sent(self, options: dict[str, Any], videos: Videos) -> None:
        asked = videos.request("PUT", "/api/videos/upload", params={"name": "a", "options": json.dumps(options)}, content=b"a")
        assert asked.status_code in (400, 422)
        assert not list(videos.files.iterdir())

    @pytest.mark.parametrize(
        "name", [*HOSTILE.values(), *ORDERS.values(), "", ".", "..", "/", "a\0b", "CON:x", "ä" * 300 + ".mp4"]
    )
    def test_a_hostile_name_stays_a_name(self, name: str, videos: Videos) -> None:
        videos.go.set()
        taken = videos.upload(name).json()["id"]
        (copy,) = (videos.files / taken / "clip").iterdir()
        assert copy.read_bytes() == b"clip"
        assert copy.name.isprintable()
        assert len(copy.name.encode()) <= 200
        assert not set('<>:"/\\|?*') & set(copy.name)
        until(lambda: videos.states() == ["done"])
        assert videos.rows()[0]["name"] == copy.name
        stored = videos.request("GET", f"/api/videos/{taken}/report?download=yes")
        assert (
            unquote(stored.headers["content-disposition"]).endswith(f"{copy.name}.html")
            or copy.name in stored.headers["content-disposition"]
        )

    def test_what_a_killed_app_left_goes_when_the_next_begins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        left = tmp_path / "formcheck-killed"
        (left / "files" / "id" / "clip").mkdir(parents=True)
        (left / ".formcheck-in-use").touch()
        with temporary_folder():
            assert not left.exists()


class TestPaths:
    def test_files_stay_where_they_are(self, videos: Videos, tmp_path: Path) -> None:
        clips = tmp_path / "clips"
        clips.mkdir()
        for name in ("a.mp4", "b.mov", "notes.xyz"):
            (clips / name).write_text("clip")
        videos.go.set()
        told = videos.request("POST", "/api/videos", json={"path": f' "{clips}" ', "options": {}})
        assert told.status_code == 200
        assert "notes.xyz" in told.json()["remarks"][0]
        until(lambda: videos.states() == ["done", "done"])
        assert [(row["name"], row["place"]) for row in videos.rows()] == [("a.mp4", str(clips)), ("b.mov", str(clips))]
        assert videos.request("DELETE", "/api/videos").status_code == 200
        assert not list(videos.files.iterdir())
        assert sorted(file.name for file in clips.iterdir()) == ["a.mp4", "b.mov", "notes.xyz"]

    @pytest.mark.parametrize(
        "path", ["clip.mp4", "", "/there/is/none.mp4", "~nobody-of-that-name/a", "/a\0b", "../../etc/passwd"]
    )
    def test_what_is_no_path_is_told(self, path: str, videos: Videos) -> None:
        told = videos.request("POST", "/api/videos", json={"path": path, "options": {}})
        assert told.status_code == 400
        assert told.json()["error"][0].endswith(".")

    def test_an_empty_folder_is_told(self, videos: Videos, tmp_path: Path) -> None:
        (tmp_path / "none").mkdir()
        told = videos.request("POST", "/api/videos", json={"path": str(tmp_path / "none"), "options": {}})
        assert (told.status_code, "holds no video or photo" in told.json()["error"][0]) == (400, True)

    @pytest.mark.parametrize(
        "name", [name for name in (*HOSTILE.values(), *ORDERS.values(), *BYTES.values()) if "/" not in name and len(name) < 250]
    )
    def test_a_hostile_name_is_shown_as_text(self, name: str, videos: Videos, tmp_path: Path) -> None:
        clip = tmp_path / name
        clip.write_text("clip")
        videos.go.set()
        videos.checks.add_path(str(clip), checks.CheckOptions())
        until(lambda: videos.states() == ["done"])
        (row,) = videos.rows()
        assert row["name"].isprintable()
        assert videos.request("GET", f"/api/videos/{row['id']}/json?download=yes").status_code == 200

    def test_the_list_has_an_end(self, videos: Videos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks, "MOST_CHECKS", 1)
        for name in ("a.mp4", "b.mp4"):
            (tmp_path / name).write_text("clip")
        told = videos.request("POST", "/api/videos", json={"path": str(tmp_path), "options": {}})
        assert (told.status_code, "1 more clip." in told.json()["error"][0]) == (400, True)
        assert videos.upload().status_code == 200
        assert videos.upload().status_code == 400


class TestOrder:
    def test_one_after_the_other_and_films_last(self, videos: Videos) -> None:
        videos.upload("a.mp4")
        until(lambda: [(row["work"]["state"], row["work"]["share"]) for row in videos.rows()] == [("at_work", 0.5)])
        videos.upload("b.mp4")
        assert videos.states() == ["at_work", "waiting"]
        assert videos.request("GET", "/api/videos").json()["left_s"] is not None
        videos.go.set()
        until(lambda: videos.states() == ["done", "done"])
        videos.go.clear()
        (first, second) = [row["id"] for row in videos.rows()]
        assert videos.request("POST", f"/api/videos/{first}/film").status_code == 200
        assert videos.request("GET", f"/api/videos/{first}/film").status_code == 404
        until(lambda: len(videos.begun) == 3)
        assert videos.request("POST", f"/api/videos/{second}/film").status_code == 200
        videos.upload("c.mp4")
        videos.go.set()
        until(lambda: len(videos.begun) == 5 and videos.rows()[1]["film"]["state"] == "done")
        assert videos.begun == [
            "a.mp4 report json",
            "b.mp4 report json",
            "a.mp4 annotate",
            "c.mp4 report json",
            "b.mp4 annotate",
        ]
        film = videos.request("GET", f"/api/videos/{second}/film?download=yes")
        assert (film.text, 'filename="b.annotated.mp4"' in film.headers["content-disposition"]) == ("annotate", True)

    def test_a_session_goes_before(self, videos: Videos) -> None:
        videos.upload()
        until(lambda: videos.states() == ["at_work"])
        videos.busy = True
        until(lambda: videos.states() == ["waiting"])
        assert videos.request("GET", "/api/videos").json()["waits"]
        videos.go.set()
        videos.busy = False
        until(lambda: videos.states() == ["done"])
        assert len(videos.begun) == 2

    def test_two_pages_do_as_they_like(self, videos: Videos) -> None:
        """What one removes the other still asks for; what is at work is asked for what it has not."""
        taken = videos.upload().json()["id"]
        until(lambda: videos.states() == ["at_work"])
        assert videos.request("POST", f"/api/videos/{taken}/film").status_code == 400
        assert videos.request("POST", f"/api/videos/{taken}/again", json={}).status_code == 400
        assert videos.request("GET", f"/api/videos/{taken}/report").status_code == 404
        assert videos.request("POST", f"/api/videos/{taken}/stop").status_code == 200
        assert videos.states() == ["stopped"]
        assert videos.request("POST", f"/api/videos/{taken}/stop").status_code == 200
        assert videos.request("POST", f"/api/videos/{taken}/again", json={"rotate": 90}).status_code == 200
        until(lambda: videos.states() == ["at_work"])
        assert videos.request("DELETE", f"/api/videos/{taken}").status_code == 200
        until(lambda: not list(videos.files.iterdir()))
        for method, what in (("DELETE", ""), ("POST", "/stop"), ("POST", "/again"), ("POST", "/film"), ("GET", "/report")):
            assert (
                videos.request(method, f"/api/videos/{taken}{what}", **({"json": {}} if method == "POST" else {})).status_code
                == 404
            )

    def test_all_are_stopped_and_removed(self, videos: Videos) -> None:
        for name in ("a.mp4", "b.mp4", "c.mp4"):
            videos.upload(name)
        videos.request("POST", "/api/videos/stop")
        assert videos.states() == ["stopped"] * 3
        videos.request("DELETE", "/api/videos")
        until(lambda: not list(videos.files.iterdir()))

    def test_the_end_leaves_no_thread(self, videos: Videos) -> None:
        videos.upload()
        until(lambda: videos.states() == ["at_work"])
        videos.checks.close()
        assert videos.checks._thread is not None
        assert not videos.checks._thread.is_alive()

    def test_a_process_that_dies_costs_its_own_clip(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(LOG, str(tmp_path / "log"))

        def run(work: Any, items: Sequence[Any], stop: Stop = never_stop) -> Answers[Any]:
            return Processes(1)(told, items, stop)

        made = Videos(tmp_path, runner=lambda heard: run)
        for text in (b"kills", b"kills once", b"fails", b"breaks", b"0"):
            made.upload(f"{text.decode()}.mp4", text)
        until(lambda: made.states() == ["failed", "done", "failed", "failed", "done"], within_s=60.0)
        made.checks.close()
        troubles = [row["work"]["trouble"] for row in made.rows()]
        assert "ended by itself" in troubles[0][0]
        assert troubles[2] == ["is not good."]
        assert "Please report it" in troubles[3][0]
        speak(Catalogue(language="xx", sentences={(None, OWN_FAULT): "Im Programm: {why}"}))
        try:
            assert made.rows()[3]["work"]["trouble"][0].startswith("Im Programm: ")
        finally:
            speak(ENGLISH)


class TestComparisons:
    def of_two(self, videos: Videos) -> tuple[str, str]:
        one, other = (videos.upload(f"{name}.mp4", name.encode()).json()["id"] for name in ("now", "before"))
        videos.go.set()
        until(lambda: videos.states() == ["done", "done"])
        return one, other

    def test_two_clips_have_a_page_that_stays_when_they_go(self, videos: Videos) -> None:
        one, other = self.of_two(videos)
        made = videos.request("POST", "/api/videos/compare", json={"a": one, "b": other}).json()["id"]
        until(lambda: videos.states() == ["done"] * 3)
        assert videos.begun[-1] == "now.mp4 against before.mp4"
        row = videos.rows()[-1]
        assert (row["id"], row["name"], row["compared"], row["result"]) == (made, "now – before", True, None)
        videos.request("DELETE", f"/api/videos/{one}")
        videos.request("DELETE", f"/api/videos/{other}")
        saved = videos.request("GET", f"/api/videos/{made}/report?download=yes")
        assert saved.text == "comparison"
        assert unquote(saved.headers["content-disposition"]).endswith("now – before.html")
        assert videos.request("GET", f"/api/videos/{made}/json").status_code == 404
        videos.request("DELETE", f"/api/videos/{made}")
        assert not list(videos.files.iterdir())

    def test_it_waits_while_a_session_runs_and_can_be_stopped(self, videos: Videos) -> None:
        one, other = self.of_two(videos)
        videos.busy = True
        made = videos.request("POST", "/api/videos/compare", json={"a": one, "b": other}).json()["id"]
        assert videos.states()[2] == "waiting"
        videos.go.clear()
        videos.busy = False
        until(lambda: videos.states()[2] == "at_work")
        videos.request("POST", f"/api/videos/{made}/stop")
        assert videos.states() == ["done", "done", "stopped"]

    def test_what_cannot_be_compared_is_told(self, videos: Videos) -> None:
        one, other = self.of_two(videos)
        assert videos.request("POST", "/api/videos/compare", json={"a": one, "b": "gone"}).status_code == 404
        made = videos.request("POST", "/api/videos/compare", json={"a": one, "b": other}).json()["id"]
        assert videos.request("POST", "/api/videos/compare", json={"a": one, "b": made}).status_code == 400
        until(lambda: videos.states() == ["done"] * 3)
        (videos.files / other / "clip" / "before.mp4").unlink()
        videos.request("POST", "/api/videos/compare", json={"a": one, "b": other})
        until(lambda: videos.states()[-1] == "failed")
        assert "cannot be read" in videos.rows()[-1]["work"]["trouble"][0]


class TestFiles:
    def test_a_report_keeps_to_itself(self, videos: Videos) -> None:
        videos.go.set()
        taken = videos.upload().json()["id"]
        until(lambda: videos.states() == ["done"])
        shown = videos.request("GET", f"/api/videos/{taken}/report")
        assert (shown.text, shown.headers["content-type"]) == ("report", "text/html; charset=utf-8")
        policy = shown.headers["content-security-policy"]
        assert "sandbox allow-scripts;" in policy
        assert "default-src 'none'" in policy
        assert "allow-same-origin" not in policy
        assert "content-disposition" not in shown.headers
        assert videos.request("GET", f"/api/videos/{taken}/json").text == "json"

    @pytest.mark.parametrize(
        "what",
        ["clip", "clip.mp4", "report.html", "film", "..%2f..%2fmodel", "%2e%2e%2f%2e%2e%2fmodel", "clip%2fclip.mp4", "%00"],
    )
    def test_nothing_else_is_served(self, what: str, videos: Videos) -> None:
        videos.go.set()
        taken = videos.upload().json()["id"]
        until(lambda: videos.states() == ["done"])
        for place in (taken, "%2e%2e%2f", "files", "..%2ffiles%2f" + taken):
            assert videos.request("GET", f"/api/videos/{place}/{what}").status_code == 404
