"""What the window shows of a `ScreenState`, as data: the marks of `overlay`, laid out on the whole window."""

from formcheck.ui.screen.places import Box
from formcheck.ui.screen.scene import Layout, layout

__all__ = ["Box", "Layout", "layout"]
