"""What the window shows of a `Stage`, as data: the marks of `overlay`, laid out on the whole window."""

from formcheck.screen.box import Box
from formcheck.screen.layout import Layout, layout

__all__ = ["Box", "Layout", "layout"]
