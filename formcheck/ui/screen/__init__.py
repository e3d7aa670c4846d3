"""The window's contents for a `ScreenState`, as data: shapes at their places, and the skeleton of `overlay`."""

from formcheck.ui.screen.places import Box
from formcheck.ui.screen.scene import ScreenDrawing, draw_screen

__all__ = ["Box", "ScreenDrawing", "draw_screen"]
