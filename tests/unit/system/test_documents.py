"""No data file makes the program hang, grow or stop with a traceback: each is read, or told in one sentence with its place."""

import json
import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import PoseFileError
from formcheck.stretches.files import find_stretch, has_key
from formcheck.stretches.validation import MOST_FAULTS
from formcheck.system.documents import (
    DEEPEST,
    MOST_BYTES,
    TextError,
    impossible_values,
    parse_json,
    parse_toml,
    read_text,
    table_rows,
    text_of,
)
from formcheck.system.shipped import poses_folder
from tests.support.laws import law

SHIPPED = (poses_folder() / "supine_psoas.toml").read_text(encoding="utf-8")

HOSTILE = {
    "brackets": f"a = {'[' * 900}{']' * 900}",
    "inline tables": f"a = {'{a = ' * 900}1{'}' * 900}",
    "a dotted key": f"{'a.' * 20_000}b = 1",
    "a quoted dotted key": '"a" . ' * 20_000 + "b = 1",
    "a dotted header": f"[{'a.' * 20_000}b]",
    "dotted keys by the thousand": "\n".join(f"{f'a{i}.' * 40}b = 1" for i in range(2000)),
    "digits": f"hold_s = {'9' * 5000}",
    "hexadecimal digits": f"hold_s = 0x{'f' * 5000}",
    "digits of a float": f"hold_s = {'9' * 5000}.0",
    "a long bare key": f"{'a' * 5000} = 1",
    "half a string": '"' * 100_001,
    "escaped quotes": '"""' + '\\"""' * 50_000,
    "NUL": "title = 'a\0b'",
    "no equals": "a\n" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_no_pose_file_has_is_told_at_once(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"{text}\n{SHIPPED}", encoding="utf-8")
    began_s = time.monotonic()
    with pytest.raises(PoseFileError) as caught:
        find_stretch(str(path))
    assert time.monotonic() - began_s < 2.0
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 1000
    assert not has_key(path, "shape")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"\nhold_s = {'9' * 5000}", "line 2, hold_s: 5000 letters or digits in a row"),
        (f"a = 1\n{'a.' * 40}b = 1", f"line 2: a key has more than {DEEPEST} parts"),
        (f"a = {'[' * 40}", f"line 1, a: lists and tables lie more than {DEEPEST} deep"),
    ],
)
def test_the_place_is_told(text: str, told: str) -> None:
    with pytest.raises(TextError, match=told.replace("(", r"\(")):
        parse_toml(text)


values = st.recursive(
    st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab. \"'=[#", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@law
@given(st.dictionaries(st.text("abc-_. \"'=[]{},#\n", max_size=8), values, max_size=4))
def test_what_a_file_may_have_is_read_as_the_library_reads_it(data: dict[str, Any]) -> None:
    """Signs of the grammar within strings and quoted keys count for nothing."""
    import tomlkit

    text = tomlkit.dumps(data)
    assert parse_toml(text) == tomllib.loads(text)
    as_json = json.dumps(data)
    if not list(impossible_values(data)):
        assert parse_json(as_json) == data


@law
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        wanted = tomllib.loads(text)
    except ValueError:
        with pytest.raises(TextError):
            parse_toml(text)
    else:
        assert parse_toml(text) == wanted


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"a": {"b": [1, 2**64]}}, "a.b[1]: the number is too large"),
        ({"title": "a\0b"}, "title: there is a character NUL in the text"),
        ({"a": ["\ud800"]}, "a[0]: there is half a character in the text"),
        ({"a\0": 1}, "a key: there is a character NUL in the name of a key"),
    ],
)
def test_values_that_no_file_of_ours_has(data: Any, told: str) -> None:
    assert list(impossible_values(data)) == [told]


def test_json_within_limits() -> None:
    assert parse_json('{"a": [1, null, "x"]}') == {"a": [1, None, "x"]}
    for text in ("[" * 100_000, "[" * 900 + "]" * 900, "9" * 5000, '"\\ud800"', '"\\u0000"', "{"):
        with pytest.raises(TextError):
            parse_json(text)


class TestText:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
    def test_a_byte_order_mark_and_any_end_of_line(self, mark: bytes, end: str, tmp_path: Path) -> None:
        path = tmp_path / "supine_psoas.toml"
        path.write_bytes(mark + SHIPPED.replace("\n", end).encode())
        assert find_stretch(str(path)) == find_stretch("supine_psoas")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16_is_told(self, encoding: str) -> None:
        with pytest.raises(TextError, match="it is written in UTF-16; save it as UTF-8"):
            text_of(SHIPPED.encode("ascii", "ignore").decode().encode(encoding))

    def test_a_byte_of_no_character(self) -> None:
        with pytest.raises(TextError, match="byte 3 belongs to no character"):
            text_of(b"ab\xffc")

    def test_a_large_file_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        with path.open("wb") as file:
            file.truncate(50 * MOST_BYTES)
        with pytest.raises(TextError, match=r"is too large for such a file \(12\.5 MB; 0\.25 MB is the most\)"):
            read_text(path)

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "mine.toml")
        with pytest.raises(PoseFileError, match=r"mine\.toml: .*it is a pipe, not a file"):
            find_stretch(str(tmp_path / "mine.toml"))

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "mine.toml").mkdir()
        with pytest.raises(PoseFileError, match="cannot be read"):
            find_stretch(str(tmp_path / "mine.toml"))


def test_many_faults_and_long_values_are_told_in_part(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(f"key{i} = 1" for i in range(8000)) + f"\ntitle = {['x' * 50_000]!r}\n", encoding="utf-8")
    began_s = time.monotonic()
    with pytest.raises(PoseFileError, match=r"and [\d,]+ more") as caught:
        find_stretch(str(path))
    assert time.monotonic() - began_s < 5.0
    assert len(str(caught.value).splitlines()) < 2 * MOST_FAULTS + 10
    assert len(str(caught.value)) < 20_000


class TestTables:
    def test_rows_with_their_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(b'\xef\xbb\xbffile,form\r\na.jpg,correct\r\n\r\n"b\nc.jpg",none\r\n')
        rows = [(2, {"file": "a.jpg", "form": "correct"}), (5, {"file": "b\nc.jpg", "form": "none"})]
        assert list(table_rows(path, ["file"])) == rows

    def test_cells_behind_the_last_column_are_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("file,note\na.jpg,seen from the front, never judged\n")
        assert list(table_rows(path, ["file"])) == [(2, {"file": "a.jpg", "note": "seen from the front"})]

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "has no column file, form"),
            (b"file\na\n", "has no column form"),
            (b"file,form\na\n", "line 2 has 1 cells; 2 are expected"),
            (b"file,form\na\0,b\n", "line 2 has a character NUL"),
            (b"file,form\n" + b"a" * 200_000 + b",b\n", "line 2 cannot be read as a row"),
            ("file,form\n".encode("utf-16"), "UTF-16"),
        ],
    )
    def test_a_faulty_row_is_told_with_its_line(self, content: bytes, told: str, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        with pytest.raises(TextError, match=told):
            list(table_rows(path, ["file", "form"]))
