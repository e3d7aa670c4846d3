"""A few of the cases of `python -m tests.trust`, always the same ones, and the page that counts them."""

import ast
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.clips import REPO
from tests.trust import __main__ as trust
from tests.trust import kinds, traced
from tests.trust.box import Box, faults_of, whole
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


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_is_held_by_tests_that_there_are(kind: str) -> None:
    """A test that is renamed or moved is missed here, and not only when all kinds are counted."""
    assert len(kinds.KINDS) == 20
    assert kinds.KINDS[kind]
    for test in kinds.KINDS[kind]:
        file, *names = test.split("::")
        inside: list[ast.stmt] = ast.parse((REPO / file).read_text(encoding="utf-8")).body
        for name in names:
            inside = next(
                node.body for node in inside if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name
            )
        assert inside


def test_tests_that_pass_fail_and_cannot_run_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(
        "import pytest\ndef test_good(): pass\ndef test_bad(): assert 1 == 2\ndef test_not_here(): pytest.skip('elsewhere')\n"
        "@pytest.fixture\ndef broken(): raise OSError('gone')\ndef test_broken(broken): pass\n"
    )
    monkeypatch.setattr(kinds, "KINDS", {"some": (str(file),), "none": (str(tmp_path / "gone.py"),)})
    monkeypatch.setattr(kinds, "REPO", tmp_path)
    cases = {case.name: case.wrong for case in kinds.cases_of(0, 1, Box(tmp_path / "box"))}
    assert cases == {
        "test_some.test_good": "",
        "test_some.test_bad": "assert 1 == 2",
        "test_some.test_broken": 'failed on setup with "OSError: gone"',
    }
    (case,) = kinds.cases_of(1, 1, Box(tmp_path / "box"))
    assert "the tests could not be run" in case.wrong


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


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('1 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("1.2.3.4")}, 16) = 0', "reaches 1.2.3.4"),
        ('1 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', "port 80"),
        ('1 sendto(3, "", 0, 0, {sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "::2", &a)}, 28) = 1', "::2"),
        ('1 connect(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', None),
        ('1 connect(3, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0', None),
        ('1 openat(AT_FDCWD</box/here>, "/home/anna/x", O_WRONLY|O_CREAT, 0666) = 3</home/anna/x>', "it writes /home/anna/x"),
        ('1 openat(AT_FDCWD</box/here>, "/home/anna/x", O_RDWR|O_CLOEXEC <unfinished ...>', "it writes /home/anna/x"),
        ('1 openat(AT_FDCWD</box/here>, "/home/anna/x", O_RDWR) = -1 EACCES (Permission denied)', None),
        ('1 openat(AT_FDCWD</box/here>, "/home/anna/x", O_RDONLY|O_CLOEXEC) = 3</home/anna/x>', None),
        ('1 openat(AT_FDCWD</box/here>, "out/x", O_WRONLY|O_CREAT, 0666) = 3</box/here/out/x>', None),
    ],
)  # fmt: skip
def test_what_of_the_system_calls_is_told(line: str, told: str | None) -> None:
    found = [*traced._connections([line], "8080"), *traced._writes([line], Box(Path("/box")))]
    assert (told is None and not found) or (told is not None and len(found) == 1 and told in found[0])


@pytest.mark.parametrize(
    ("name", "content", "good"),
    [
        ("a.json", b"{}", True), ("a.json", b"{", False), ("a.jsonl", b"{}\n{}\n", True), ("a.jsonl", b"{}\n{", False),
        ("a.csv", b"a,b\n1,2\n", True), ("a.csv", b"a,b\n1,", False), ("a.csv", b"a,b\n1\n", False), ("a.mp4", b"ftyp", False),
        ("a.html", b"<html></html>\n", True), ("a.html", b"<html>", False), ("a.toml", b"a = 1", True),
        ("a.toml", b"a =", False),
    ],
)  # fmt: skip
def test_what_is_half_written_is_told(name: str, content: bytes, good: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert bool(whole(tmp_path / name)) is not good


def test_a_program_that_hangs_fails_or_says_nothing_is_told(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.clear()

    def told(code: str, limit_s: float = 20.0) -> str:
        return "; ".join(faults_of(box.run(["-c", code], program=(sys.executable,), limit_s=limit_s)))

    assert told("print('fine')") == ""
    assert told("import sys; sys.exit('formcheck: no.')") == ""
    assert "did not end within" in told("import time; time.sleep(60)", 0.3)
    assert "a traceback: ZeroDivisionError" in told("1 / 0")
    assert "ended with 1 and no sentence" in told("raise SystemExit(1)")
    assert "ended with -9" in told("import os; os.kill(os.getpid(), 9)")
    assert "MB" in told("x = bytes(range(256)) * 7_000_000")
