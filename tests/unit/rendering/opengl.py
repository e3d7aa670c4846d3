"""Whether pictures can be drawn here."""

import ctypes.util
import os
import sys

import pytest

HERE = sys.platform != "linux" or bool(
    os.environ.get("DISPLAY") or ctypes.util.find_library("EGL") or ctypes.util.find_library("OSMesa")
)
needs_opengl = pytest.mark.skipif(not HERE, reason="no display, libEGL or libOSMesa, so nothing can be drawn here")
