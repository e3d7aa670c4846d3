"""An RTSP server on the loopback interface, as a process of its own; needs GStreamer's, which no Python package brings.

It runs in the system's Python, which has the bindings, and is the file itself: `python3 rtsp.py CLIP [NAME:PASSWORD]`. It
prints its port. `/live` never ends and states no length, `/clip` is a file behind the server, which states its own.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PYTHON = "/usr/bin/python3"
LIVE = (
    "( videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=15/1 ! x264enc tune=zerolatency "
    "! rtph264pay name=pay0 )"
)
CLIP = '( filesrc location="{clip}" ! qtdemux ! h264parse ! rtph264pay name=pay0 )'
NEEDED = (
    "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer, Gst\n"
    "Gst.init(None); assert all(map(Gst.ElementFactory.find, ('x264enc', 'rtph264pay', 'qtdemux', 'h264parse')))"
)


def lacking() -> str | None:
    """Return why there can be no server here; `None` where there can."""
    if not Path(PYTHON).exists():
        return f"there is no {PYTHON}, which would have GStreamer's RTSP server"
    if subprocess.run([PYTHON, "-c", NEEDED], capture_output=True, check=False).returncode != 0:
        return "GStreamer's RTSP server is not installed (gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-{good,bad,ugly})"
    return None


@contextmanager
def rtsp_server(clip: Path, login: str = "") -> Iterator[int]:
    """Serve, to those who know the `login`; yield the port."""
    command = [PYTHON, __file__, str(clip), *([login] if login else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def main(clip: str, login: str = "") -> None:
    import gi  # type: ignore[import-not-found,unused-ignore]

    gi.require_version("Gst", "1.0")
    gi.require_version("GstRtspServer", "1.0")
    from gi.repository import GLib, Gst, GstRtspServer  # type: ignore[import-not-found,unused-ignore]

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    if login:
        name, _, password = login.partition(":")
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "user")
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(name, password), token)
        server.set_auth(auth)
    for path, launch in (("/live", LIVE), ("/clip", CLIP.format(clip=clip))):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(launch)
        if login:
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("user", "media.factory.access", True)
            permissions.add_permission_for_role("user", "media.factory.construct", True)
            factory.set_permissions(permissions)
        server.get_mount_points().add_factory(path, factory)
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
