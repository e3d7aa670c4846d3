import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pytest

from formcheck import cli
from formcheck.core.errors import ProfileError
from formcheck.core.values import Side
from formcheck.people.history import Entry, Stretch
from formcheck.people.history.database import Store
from formcheck.people.person import default_person, load_person
from formcheck.people.profile import Profile, find_profile, profile_file, profile_names, save_profile
from formcheck.system.paths import history_file
from tests.support.calibrated import baseline_of, hips_off
from tests.support.specs import KNEELING, SHIPPED, SUPINE

Patch: TypeAlias = pytest.MonkeyPatch
Captured: TypeAlias = pytest.CaptureFixture[str]

TAKEN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
PROFILE = Profile.of(baseline_of(lambda body: hips_off(body, 6.0)), taken=TAKEN, camera=(1280, 720))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    return tmp_path / "data" / "profiles"


def told(words: list[str], monkeypatch: Patch, capsys: Captured) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def held(profile: str | None, *, on: datetime = TAKEN, degrees: int = 20) -> Entry:
    done = Stretch(
        pose=KNEELING.name,
        side=Side.RIGHT,
        started_s=0,
        held_s=30,
        longest_s=30,
        goal_s=30,
        complete=True,
        reach={degrees: 30.0},
    )
    return Entry(id=f"{profile} {on}", started=on, version="1", plan="any", profile=profile, stretches=(done,))


class TestFiles:
    def test_what_is_saved_is_found_and_is_for_the_person_alone(self, folder: Path) -> None:
        path = save_profile("anna", PROFILE)
        assert path == folder / "anna.toml"
        assert find_profile("anna") == PROFILE
        assert profile_names() == ["anna"]
        assert PROFILE.baseline.standing.offsets["near_hip"] == pytest.approx(6.0, abs=0.1)
        if os.name == "posix":
            assert [file.stat().st_mode & 0o077 for file in (path, folder, folder.parent)] == [0, 0, 0]

    def test_it_can_be_read(self) -> None:
        text = save_profile("anna", PROFILE).read_text(encoding="utf-8")
        assert text.startswith("# What formcheck has measured of one person")
        assert "near_hip = 6.0\n" in text
        assert "# Degrees by which the camera reads this off somebody straight. Subtracted, up to 8." in text
        assert "\ncamera = [1280, 720] # size of the pictures, in pixels\n" in text

    def test_all_that_is_wrong_with_one_is_told_at_once(self) -> None:
        path = save_profile("anna", PROFILE)
        text = path.read_text().replace("near_hip = 6.0", 'near_hip = "much"').replace("[lying.lengths]", "[lying.length]", 1)
        path.write_text(text.replace("format = 1", "format = 2"))
        with pytest.raises(ProfileError) as error:
            find_profile("anna")
        said = str(error.value)
        assert f"{path}: 4 faults in this profile." in said
        for fault in (
            "format: ",
            "standing.offsets.near_hip: ",
            "lying.lengths: missing",
            "lying.length: unknown key; did you",
        ):
            assert f"\n  {fault}" in said
        assert said.endswith("`formcheck calibrate --profile anna` makes a new one in its place.")

    def test_what_is_no_toml(self, folder: Path) -> None:
        save_profile("anna", PROFILE).write_text("anna")
        with pytest.raises(ProfileError, match="not valid TOML"):
            find_profile("anna")

    @pytest.mark.parametrize("name", ["", "../anna", "Anna", "a b", ".anna", "anna/b"])
    def test_a_name_is_a_name_and_no_path(self, name: str) -> None:
        with pytest.raises(ProfileError, match="small letters, digits"):
            profile_file(name)

    def test_one_that_is_not_there(self) -> None:
        save_profile("anna", PROFILE)
        with pytest.raises(
            ProfileError, match=r"called 'ana'; did you mean 'anna'\? `formcheck calibrate --profile ana` makes it"
        ):
            find_profile("ana")


class TestCommands:
    def test_list(self, monkeypatch: Patch, capsys: Captured) -> None:
        assert "no profile yet" in told(["profiles"], monkeypatch, capsys)[1]
        save_profile("anna", PROFILE)
        save_profile("ben", PROFILE).write_text("format = 1")
        code, out, err = told(["profiles"], monkeypatch, capsys)
        assert code == 1
        assert "anna" in out
        assert "05 Jan 2026" in out
        assert "ben.toml: 4 faults" in err

    @pytest.mark.parametrize("year", ["0001", "1970", "9999"])
    def test_a_day_that_cannot_be(self, year: str, monkeypatch: Patch, capsys: Captured) -> None:
        save_profile("anna", PROFILE)
        file = save_profile("ben", PROFILE)
        file.write_text(file.read_text(encoding="utf-8").replace("2026-01-05", f"{year}-01-05"), encoding="utf-8")
        code, out, err = told(["profiles"], monkeypatch, capsys)
        assert (code, "anna" in out) == (1, True)
        assert f"taken: no baseline was taken in the year {int(year)}" in err

    def test_delete_takes_that_person_alone(self, monkeypatch: Patch, capsys: Captured) -> None:
        for name in ("anna", "ben"):
            save_profile(name, PROFILE)
        with Store(history_file()) as store:
            for profile in ("anna", "ben", None):
                store.save(held(profile))
        assert told(["profiles", "delete", "anna", "--yes"], monkeypatch, capsys)[0] == 0
        assert profile_names() == ["ben"]
        with Store(history_file()) as store:
            assert {entry.profile for entry in store.recent()} == {"ben", None}
        assert not any(b"anna" in file.read_bytes() for file in history_file().parent.glob("history.db*"))
        code, _, err = told(["profiles", "delete", "anna", "--yes"], monkeypatch, capsys)
        assert (code, "no profile called 'anna'" in err) == (1, True)

    def test_deleting_all_deletes_profiles_too(self, monkeypatch: Patch, capsys: Captured) -> None:
        save_profile("anna", PROFILE)
        assert told(["history", "delete", "--yes"], monkeypatch, capsys)[0] == 0
        assert profile_names() == []

    def test_the_history_tells_a_real_change_of_one_person(self, monkeypatch: Patch, capsys: Captured) -> None:
        with Store(history_file()) as store:
            for day in range(10):
                store.save(held("anna", on=TAKEN.replace(day=5 + day), degrees=12 if day < 5 else 26))
                store.save(held("ben", on=TAKEN.replace(day=5 + day), degrees=20 + day % 2))
        both = told(["history"], monkeypatch, capsys)[1]
        assert "one person at a time" in both
        assert "Any, anna" in both
        anna = told(["history", "--profile", "anna"], monkeypatch, capsys)[1]
        assert "Kneeling hip flexor stretch, right side: back hip 26 degrees, at first 12: 14 more, a change that" in anna
        assert "ben" not in anna
        ben = told(["history", "--profile", "ben"], monkeypatch, capsys)[1]
        assert "The camera cannot tell less than 10 from no change." in ben

    def test_a_name_nobody_has_ends_a_session_before_it_begins(self, monkeypatch: Patch, capsys: Captured) -> None:
        for words in (["live", "supine_psoas", "--profile", "anna"], ["score", "clip.mp4", "--profile", "anna"]):
            code, _, err = told(words, monkeypatch, capsys)
            assert code == 1
            assert "no profile called 'anna'" in err


class TestPerson:
    def test_what_was_held_is_asked_of_who_held_it(self) -> None:
        for name in ("anna", "ben"):
            save_profile(name, PROFILE)
        with Store(history_file()) as store:
            for week in range(9):
                store.save(held("anna", on=TAKEN.replace(day=1 + 3 * week), degrees=24))
            store.save(held("ben", degrees=6))
        anna, ben = load_person("anna"), load_person("ben")
        goals = {person.name: person.adjusted_stretches(SHIPPED)[KNEELING.name].goal for person in (anna, ben)}
        edges = {name: goal.full[0] for name, goal in goals.items() if goal is not None}
        assert edges["anna"] > 15
        assert edges["ben"] == 3.0
        assert anna.adjusted_stretches(SHIPPED)[SUPINE.name] is SUPINE
        assert "Profile anna, baseline of 05 Jan 2026." in anna.describe(SHIPPED)
        assert "your range today" not in anna.describe(SHIPPED)
        assert "Kneeling hip flexor stretch: back hip from 3 degrees on counts in full, your range today." in ben.describe(
            SHIPPED
        )

    def test_a_damaged_history_costs_the_range_alone(self) -> None:
        save_profile("anna", PROFILE)
        history_file().write_bytes(b"\x5a" * 8000)
        person = load_person("anna")
        assert person.adjusted_stretches(SHIPPED)[KNEELING.name] == KNEELING
        assert person.fit.baseline == PROFILE.baseline
        assert "is damaged" in person.describe(SHIPPED)

    def test_the_default_one_is_taken_where_there_is_one(self) -> None:
        assert default_person() is None
        save_profile("default", PROFILE)
        found = default_person()
        assert found is not None
        assert found.name == "default"
