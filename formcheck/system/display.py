"""Whether a window can be opened, checked before OpenCV tries: on Linux its Qt ends the whole process without a screen.

The wheel of OpenCV brings Qt's `xcb` platform alone, so a window on Linux always goes through an X server (under Wayland
through XWayland). The check connects with the library that Qt would call, in a few milliseconds; it knows
how the address, the socket and the permission are found.
"""

import ctypes
import os
import sys
import time
from threading import Thread

from formcheck.core.errors import FormcheckError, MissingPartError
from formcheck.core.wording.language import N_, joined
from formcheck.system.processes import run_isolated

_CONNECT_WITHIN_S = 2.0
"""A connection to a display on another machine that is switched off would take much longer to fail."""
_AGAIN_AFTER_S = 0.2
"""An X server whose last window was closed starts anew (without `-noreset`), and refuses for some milliseconds."""
_VISIBLE_WITHIN_S = 5.0
_ANSWERED_WITHIN_S = 5.0


def display_missing() -> str | None:
    """Return why no window can be opened and what to do, or `None` when one can. Takes a few milliseconds, opens nothing."""
    try:
        check_display()
    except MissingPartError as missing:
        return joined(" ", (missing.what, missing.fix))
    return None


def check_display() -> None:
    """Raise MissingPartError when no window can be opened. macOS and Windows have no such check; there it returns."""
    if sys.platform in ("darwin", "win32"):
        return
    platforms = os.environ.get("QT_QPA_PLATFORM")
    if platforms and "xcb" not in (name.split(":")[0] for name in platforms.split(";")):
        raise MissingPartError(
            N_("No window can be opened: QT_QPA_PLATFORM is {platforms}, and OpenCV's windows know only xcb.").format(
                platforms=platforms
            ),
            N_("Set QT_QPA_PLATFORM=xcb."),
        )
    display = os.environ.get("DISPLAY")
    if not display:
        raise MissingPartError(N_("No window can be opened: there is no X display (DISPLAY is not set)."), _desktop_advice())
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        raise MissingPartError(
            N_("No window can be opened: the library libxcb is missing."),
            N_("Install it (Debian, Ubuntu: sudo apt install libxcb1 libx11-6)."),
        ) from None
    if not _connects(xcb):
        raise MissingPartError(
            N_("No window can be opened: the X display {display} does not answer or refuses.").format(display=display),
            _desktop_advice(),
        )


def _desktop_advice() -> str:
    if os.environ.get("WAYLAND_DISPLAY"):
        return N_("Install XWayland and log in again (Debian, Ubuntu: sudo apt install xwayland).")
    return N_("Run it in a terminal of the desktop, as the user who is logged in there; from another machine with ssh -X.")


def _connects(xcb: ctypes.CDLL) -> bool:
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    answers: list[bool] = []

    def connects() -> bool:
        connection = xcb.xcb_connect(None, None)
        connected = bool(xcb.xcb_connection_has_error(connection) == 0)
        xcb.xcb_disconnect(connection)
        return connected

    def connect() -> None:
        if not (connected := connects()):
            time.sleep(_AGAIN_AFTER_S)
            connected = connects()
        answers.append(connected)

    thread = Thread(target=connect, name="display", daemon=True)
    thread.start()
    thread.join(_CONNECT_WITHIN_S)
    return answers == [True]


def work_area() -> tuple[int, int, int, int] | None:
    """Return left, top, width and height (pixels) of the largest window that fits the screen beside bars and its own frame.

    The place is that of the frame, the size that of the contents. `None` where the screen does not tell. It is asked in a
    process of its own: the library that asks would otherwise share the window system with OpenCV's.
    """
    try:
        left, top, width, height = map(int, run_isolated(_asked_area, within_s=_ANSWERED_WITHIN_S).split())
    except FormcheckError:
        return None
    return left, top, width, height


def _asked_area() -> str:
    import glfw

    glfw.ERROR_REPORTING = "ignore"
    if not glfw.init():
        raise MissingPartError(N_("The screen does not tell its size."), "")
    screen = glfw.get_primary_monitor()
    left, top, width, height = glfw.get_monitor_workarea(screen)
    glfw.window_hint(glfw.VISIBLE, value=False)
    glfw.window_hint(glfw.CLIENT_API, value=glfw.NO_API)
    frame = glfw.get_window_frame_size(glfw.create_window(320, 240, "formcheck", None, None))
    # On Windows OpenCV's windows are measured in pixels of 96 to the inch, which the system makes larger.
    scale = glfw.get_monitor_content_scale(screen)[0] if sys.platform == "win32" else 1.0
    room = left, top, width - frame[0] - frame[2], height - frame[1] - frame[3]
    glfw.terminate()
    return " ".join(str(int(value / scale)) for value in room)


def open_window() -> str:
    """Open a small window for a moment. Raises MissingPartError, or aborts the whole process: run it in one of its own."""
    import numpy as np

    from formcheck.system.native.media_libs import cv2

    name = "formcheck doctor"
    cv2.namedWindow(name, cv2.WINDOW_NORMAL)
    cv2.imshow(name, np.full((180, 320, 3), 128, np.uint8))
    deadline_s = time.monotonic() + _VISIBLE_WITHIN_S
    while cv2.getWindowProperty(name, cv2.WND_PROP_VISIBLE) < 1:
        if time.monotonic() > deadline_s:
            raise MissingPartError(
                N_("A window was opened and does not become visible."), N_("Look whether something else covers the screen.")
            )
        cv2.waitKey(50)
    cv2.destroyAllWindows()
    return N_("a window opens")
