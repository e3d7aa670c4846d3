"""The page on psoas care: what the app makes of `docs/psoas.md`."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from formcheck.core.wording.language import ENGLISH, Catalogue, speak
from formcheck.system import shipped
from formcheck.web import psoas
from formcheck.web.routes import care

NOTHING_ELSE = {
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "strong",
    "em",
    "h3",
    "code",
    "a",
}


@pytest.fixture
def german() -> Iterator[None]:
    speak(Catalogue(language="de"))
    yield
    speak(ENGLISH)


def elements(node: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, list):
        tag, address, inside = node
        yield tag, address
        for one in inside:
            yield from elements(one)


def words(node: Any) -> str:
    return node if isinstance(node, str) else "".join(words(one) for one in node[2])


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **pages: str) -> None:
    (tmp_path / "docs").mkdir()
    for name, text in pages.items():
        (tmp_path / "docs" / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path)


def test_all_of_the_page_is_there_and_its_links_stay_in_the_app() -> None:
    page = psoas.psoas_page()
    keys = [part["key"] for part in page["parts"]]
    assert {"pain-comes-first", "check", "release", "stretch", "strengthen", "sit-less", "sleep"} <= set(keys)
    nodes = [*page["intro"], *(node for part in page["parts"] for node in part["nodes"])]
    found = [one for node in nodes for one in elements(node)]
    assert {tag for tag, _ in found} <= NOTHING_ELSE
    addresses = {address for tag, address in found if tag == "a"}
    assert {psoas.PARTS + key for key in ("check", "release", "stretch", "strengthen", "sit-less")} <= addresses
    assert {psoas.STRETCHES, "#/programme", "#/sitting", "#/check?plan=thomas_floor"} <= addresses
    assert all(address and address.startswith(("#/", "https://")) for address in addresses)
    text = " ".join(map(words, nodes))
    for sentence in ("nothing here replaces somebody who can examine you", "Stop at once", "there is no source for it"):
        assert sentence in text


def test_markup_and_addresses_of_other_kinds_have_no_meaning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# T\n\n<script>x</script> <b>y</b> [a](javascript:alert) [b](other.md) [c](#no) ![d](https://x/y.png)\n\n## P\n"
    written(tmp_path, monkeypatch, psoas=text)
    page = psoas.psoas_page()
    assert {tag for node in page["intro"] for tag, _ in elements(node)} == {"p"}
    assert "<script>x</script> <b>y</b>" in " ".join(map(words, page["intro"]))


def test_the_keys_of_parts_are_those_of_the_english_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, german: None) -> None:
    translated = "# Pflege\n\n[hier](#weniger-sitzen)\n\n## Prüfen, rasch\n\nx\n\n## Weniger sitzen\n\n[dort](#prüfen-rasch)\n"
    written(tmp_path, monkeypatch, psoas="# Care\n\n## Check\n\n## Sit less\n", psoas_de=translated)
    page = psoas.psoas_page()
    assert [(part["key"], part["title"]) for part in page["parts"]] == [
        ("check", "Prüfen, rasch"),
        ("sit-less", "Weniger sitzen"),
    ]
    assert ("a", "#/psoas?part=sit-less") in list(elements(page["intro"][0]))
    assert ("a", "#/psoas?part=check") in list(elements(page["parts"][1]["nodes"][0]))


def test_a_page_that_is_not_translated_is_shown_in_english(german: None) -> None:
    if not shipped.page_file("psoas", "de").name.endswith(".de.md"):
        assert psoas.psoas_page()["parts"][1]["key"] == "check"
    assert shipped.page_file("psoas", "xx").name == "psoas.md"


def test_what_there_is_of_psoas_care() -> None:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=care.routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            assert (await client.get("/api/care/psoas")).json() == json.loads(json.dumps(psoas.psoas_page()))
            return await client.get("/api/care")

    found = asyncio.run(asked()).json()
    assert found["programme"]["name"] == "hip_care"
    assert [one["name"] for one in found["checks"]] == ["thomas", "thomas_floor"]
