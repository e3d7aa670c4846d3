"""A few of the cases of `python -m tests.trust`, always the same ones, and the page that counts them."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.trust import __main__ as trust
from tests.trust.mutation import OF_MEDIA, damaged, retabled, rewritten
from tests.trust.rows import PAGE, STORED, Case, Part, rows_of, store


@pytest.mark.heavy
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="watches processes as it can be done on Linux")
@pytest.mark.parametrize("part", trust.QUICK)
def test_some_cases(part: str, model: Path) -> None:
    if part == "traced" and shutil.which("strace") is None:
        pytest.skip("strace is not installed, so system calls can't be watched")
    cases = list(trust.tried(part, trust.QUICK[part], seed=1))
    assert len(cases) == len(trust.QUICK[part])
    assert [f"{case.what} {case.name}: {case.wrong}" for case in cases if case.wrong] == []


def test_the_same_number_gives_the_same_content() -> None:
    from random import Random

    content, table = b"moov" * 300, b"a,b\n1,2\n"
    for number in range(60):
        one, other = (damaged(content, Random(number), OF_MEDIA) for _ in range(2))
        assert one == other
        assert rewritten(b"a = 1\nb = 2\n", Random(number)) == rewritten(b"a = 1\nb = 2\n", Random(number))
        assert retabled(table, Random(number)) == retabled(table, Random(number))


class TestPage:
    ONE = Part(name="one", claim="All is well.", how="By looking.")
    TWO = Part(name="two", claim="Nothing is lost.", how="By counting.")

    def test_a_part_that_is_not_run_again_keeps_its_rows(self, tmp_path: Path) -> None:
        stored, page = tmp_path / "trust.json", tmp_path / "trust.md"
        parts = {"one": self.ONE, "two": self.TWO}
        cases = [Case(what="mp4", name="0, cut", spent_s=1.5), Case(what="mp4", name="1, flips", wrong="a traceback: |x|")]
        store(rows_of(self.ONE, cases, 1), parts, stored, page)
        store(rows_of(self.TWO, [Case(what="score", name="0")], 2), parts, stored, page)
        text = page.read_text(encoding="utf-8")
        assert "In all 2 of 3 right." in text
        assert "| mp4 | 2 | **1** | 1.5 s | 1, " in text
        assert "| 1, flips: a traceback: /x/ |" in text
        store(rows_of(self.ONE, cases[:1], 3), parts, stored, page)
        assert "In all 2 of 2 right." in page.read_text(encoding="utf-8")
        assert [row["seed"] for row in json.loads(stored.read_text(encoding="utf-8"))] == [3, 2]


@pytest.mark.skipif(not STORED.is_file(), reason="nothing was stored yet")
def test_the_page_is_made_of_what_is_stored(tmp_path: Path) -> None:
    copy = tmp_path / "trust.json"
    shutil.copy(STORED, copy)
    store([], {part.name: part for part, *_ in trust.PARTS.values()}, copy, tmp_path / "trust.md")
    assert (tmp_path / "trust.md").read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
