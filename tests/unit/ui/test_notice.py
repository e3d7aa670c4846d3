"""Notices reach a notification service, its buttons come back, and where there is none nothing else fails."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from formcheck.ui.notice import Notices

SERVICE = """
import asyncio, sys
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method, signal

class Notifications(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.Notifications")
    @method()
    def GetServerInformation(self) -> "ssss":
        return ["test", "formcheck", "1", "1.2"]
    @method()
    def Notify(
        self, app: "s", old: "u", icon: "s", title: "s", text: "s", actions: "as", hints: "a{sv}", wait: "i"
    ) -> "u":
        print("|".join([app, title, text, *actions[1::2]]), flush=True)
        first = [one for one, label in zip(actions[::2], actions[1::2]) if label][0]
        asyncio.get_running_loop().call_later(0.1, lambda: self.ActionInvoked(7, first))
        return 7
    @method()
    def GetCapabilities(self) -> "as":
        return ["actions", "body"]
    @method()
    def CloseNotification(self, number: "u"):
        pass
    @signal()
    def ActionInvoked(self, number, key) -> "us":
        return [number, key]
    @signal()
    def NotificationClosed(self, number, reason) -> "uu":
        return [number, reason]

async def serve():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/Notifications", Notifications())
    await bus.request_name("org.freedesktop.Notifications")
    asker = await asyncio.create_subprocess_exec(sys.executable, "-c", sys.argv[1])
    sys.exit(await asker.wait())

asyncio.run(serve())
"""

ASK = """
import threading
from formcheck.ui.notice import Notices
pressed = threading.Event()
with Notices() as notices:
    shown = notices.show("You have sat", "Stand up", {"Stretch now": pressed.set, "Not now": lambda: None})
    print(shown, notices.trouble, pressed.wait(10), flush=True)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="dbus-run-session, a bus of its own, is not here",
)
def test_a_notice_is_shown_and_its_button_comes_back(tmp_path: Path) -> None:
    service = tmp_path / "service.py"
    service.write_text(textwrap.dedent(SERVICE))
    words = ["dbus-run-session", "--", sys.executable, str(service), ASK]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines() == ["formcheck|You have sat|Stand up||Stretch now|Not now", "True None True"], done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a service")
def test_without_a_service_it_is_said_and_nothing_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    with Notices() as notices:
        assert notices.show("You have sat", "Stand up", {}) is False
        assert notices.trouble is not None
        assert "not to be had here" in notices.trouble
    assert "DBUS_SESSION_BUS_ADDRESS" in os.environ


def test_without_the_library_it_is_said_and_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with Notices() as notices:
        assert notices.show("You have sat", "Stand up", {}) is False
        assert notices.trouble is not None
