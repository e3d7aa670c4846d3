"""`python -m tests.support.intruder BASE`: ask a running app what nobody else may, and far too much; print how it answered.

A program of its own, as an intruder is: what it does takes no time from the page of the test.
"""

import asyncio
import json
import sys
from collections import Counter
from typing import Any

import httpx


async def strange(base: str) -> list[int | None]:
    """Ask without the token, by another name, from another origin; `None` is a connection that was closed before the answer."""
    evil = {"origin": "http://evil.example"}
    async with httpx.AsyncClient(base_url=base, timeout=20.0) as stranger:

        async def status(method: str, path: str, **more: Any) -> int | None:
            try:
                return (await stranger.request(method, path, **more)).status_code
            except httpx.HTTPError:
                return None

        return [
            await status("GET", "/api/state"),
            await status("GET", "/", params={"token": "x" * 43}),
            await status("GET", "/api/state", headers={"host": "evil.example"}),
            await status("POST", "/api/quit", headers=evil),
            await status("DELETE", "/api/session", headers=evil),
            await status("POST", "/api/answers", headers={"origin": base}, content=b"x" * (1 << 20)),
        ]


async def many(port: int, count: int) -> dict[str, int]:
    """Open so many connections at once that ask for something and stay; return how many got which status."""

    async def one() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        status = (await reader.readline()).split()[1].decode()
        await asyncio.sleep(1.0)
        writer.close()
        return status

    told = await asyncio.gather(*(one() for _ in range(count)), return_exceptions=True)
    return dict(Counter(one if isinstance(one, str) else "closed" for one in told))


async def silent(port: int, count: int) -> int:
    """Open so many connections that ask nothing; return how many were closed by the other side soon after."""

    async def one() -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            async with asyncio.timeout(2.0):
                while await reader.read(1024):
                    pass
        except TimeoutError:
            return False
        except OSError:
            return True
        finally:
            writer.close()
        return True

    told = await asyncio.gather(*(one() for _ in range(count)), return_exceptions=True)
    return sum(one is not False for one in told)


async def main(base: str) -> None:
    port = int(base.rpartition(":")[2])
    told = {"strange": await strange(base), "many": await many(port, 1000), "silent": await silent(port, 1000)}
    print(json.dumps(told))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
