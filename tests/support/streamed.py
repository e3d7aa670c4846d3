"""A clip as a camera on the network, for as long as a `with` block lasts. The server is `tests/support/stream.py`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.support.clips import REPO


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """`url` is what `--camera` takes; `tell` gives the orders that `tests/support/stream.py` lists."""

    url: str
    control: str

    def at(self, path: str, login: str = "") -> str:
        """Return the address of another path of the server, with a login as it is written in an address."""
        whole = f"{self.url.removesuffix('/video')}{path}"
        return whole.replace("//", f"//{login}@", 1) if login else whole

    def tell(self, order: str, **numbers: float) -> dict[str, Any]:
        """Give an order, such as `tell("stall", s=5)`, and return the status."""
        with urlopen(f"{self.control}/{order}?{urlencode(numbers)}", timeout=10) as answer:  # noqa: S310 - our own server
            said: dict[str, Any] = json.load(answer)
        return said

    def status(self) -> dict[str, Any]:
        return self.tell("status")


@contextmanager
def streamed(clip: Path, *, height: int | None = None, loop: bool = False, login: str = "") -> Iterator[Stream]:
    """Serve `clip` from a process of its own, to those who know the `login`, NAME:PASSWORD."""
    command = [sys.executable, "-m", "tests.support.stream", str(clip), *(["--loop"] if loop else [])]
    if height is not None:
        command += ["--height", str(height)]
    if login:
        command += ["--login", login]
    with subprocess.Popen(command, cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            ports = json.loads(server.stdout.readline())
            yield Stream(url=f"http://127.0.0.1:{ports['video']}/video", control=f"http://127.0.0.1:{ports['control']}")
        finally:
            server.stdin.close()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
