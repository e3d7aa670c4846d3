"""The room: surfaces, lamps and a camera become pictures, off screen. Room axes are the camera module's."""

import ctypes.util
import os
import sys
from collections.abc import Sequence

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper

from .body import Colour
from .camera import Camera, Facing, Place
from .mesh import Part, moved, normals_of, points_of
from .props import build
from .room import FLOOR_Y_M, WALL_Z_M, Room
from .shadow import CELLS, SPAN_M, Shadowed, shadow, window

Picture = NDArray[np.uint8]


def set_down(part: Part, place: Place) -> Part:
    """A person's surface set down in the room."""
    if place == Place():
        return part
    return Part(moved(part.mesh, place.room(points_of(part.mesh)), place.turned(normals_of(part.mesh))), part.colour)


def choose_window() -> None:
    """Without a display, ask VTK for EGL at once: else it first complains about the missing X server."""
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and ctypes.util.find_library("EGL"):
        os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")


class Stage:
    """A room with a camera in it. Use as a context manager; ``shoot`` gives one picture."""

    def __init__(self, room: Room, camera: Camera, facing: Facing) -> None:
        choose_window()
        self._room, self._camera = room, camera
        width, height = camera.size
        # Twice the size and no multisampling: in software that is the cheaper way to smooth edges.
        self._plotter = pv.Plotter(off_screen=True, window_size=[width * 2, height * 2], lighting="none")
        if self._plotter.render_window is not None:
            self._plotter.render_window.SetMultiSamples(0)
        self._actors: list[tuple[vtkActor, vtkPolyDataMapper]] = []
        self._floor = Shadowed(room.floor, grain=0.02)
        self._mat = Shadowed(room.mat, grain=0.015) if room.mat is not None else None
        self._still = np.zeros((CELLS, CELLS))
        self._furnish()
        self._set_up()
        self._lay_mat()
        self._light()
        self._aim(facing)

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self._plotter.close()

    def shoot(self, parts: Sequence[Part]) -> Picture:
        """A picture (height, width, RGB) of these surfaces, the same number at every call."""
        while len(self._actors) < len(parts):
            self._actors.append(self._new_actor())
        for (actor, mapper), part in zip(self._actors, parts, strict=True):
            mapper.SetInputData(part.mesh)
            actor.GetProperty().SetColor(*_shares(part.colour))
        self._shade(parts)
        self._plotter.render()
        large = np.asarray(self._plotter.screenshot(return_img=True))[:, :, :3]
        four = [large[i::2, j::2].astype(np.uint16) for i in (0, 1) for j in (0, 1)]
        picture: Picture = np.rint((four[0] + four[1] + four[2] + four[3]).astype(np.float32) / 4).astype(np.uint8)
        return picture

    def _new_actor(self) -> tuple[vtkActor, vtkPolyDataMapper]:
        mapper, actor = vtkPolyDataMapper(), vtkActor()
        mapper.ScalarVisibilityOff()
        actor.SetMapper(mapper)
        self._matt(actor)
        self._plotter.renderer.AddActor(actor)
        return actor, mapper

    def _matt(self, actor: vtkActor) -> None:
        look = actor.GetProperty()
        look.SetInterpolationToPhong()
        look.SetAmbient(self._room.light.ambient)
        look.SetDiffuse(0.85)
        look.SetSpecular(0.04)
        look.SetSpecularPower(12)

    def _furnish(self) -> None:
        """Wall, skirting board and floor; the middle of the floor can take shadows."""
        room, plot = self._room, self._plotter
        plot.set_background(_shares(room.wall, 0.9))  # type: ignore[arg-type]
        wall = pv.Plane(center=(0, 2.5, WALL_Z_M), direction=(0, 0, 1), i_size=16, j_size=5.2)
        board = pv.Box(bounds=(-8, 8, FLOOR_Y_M, 0.09, WALL_Z_M, WALL_Z_M + 0.02))
        for mesh, colour in ((wall, room.wall), (board, room.skirting)):
            self._matt(plot.add_mesh(mesh, color=_shares(colour)))
        if room.window_m is not None:
            x, width = room.window_m
            pane = pv.Plane(center=(x, 1.45, WALL_Z_M + 0.01), direction=(0, 0, 1), i_size=width, j_size=1.7)
            plot.add_mesh(pane, color=(0.97, 0.98, 1.0), lighting=False)
        ground = pv.Plane(center=(0, FLOOR_Y_M - 0.002, 0), direction=(0, 1, 0), i_size=30, j_size=30)
        plot.add_mesh(ground, color=_shares(room.floor, room.light.glow), lighting=False)
        plot.add_mesh(_sheet(SPAN_M, SPAN_M, FLOOR_Y_M), texture=self._floor.texture, lighting=False)

    def _set_up(self) -> None:
        """Furniture and clutter, with the shadows that they throw."""
        things = [build(prop) for prop in self._room.props]
        for thing in things:
            if len(thing.points):
                self._still = np.maximum(self._still, shadow(thing.points))
        if things:
            # One surface for all: many small ones are slow to draw.
            whole = pv.merge([_painted(part) for thing in things for part in thing.parts])
            self._matt(self._plotter.add_mesh(whole, scalars="colour", rgb=True))

    def _lay_mat(self) -> None:
        if self._mat is None or self._room.mat is None:
            return
        x, (length, width) = self._room.mat_x_m, self._room.mat_m
        box = pv.Box(bounds=(x - length / 2, x + length / 2, FLOOR_Y_M, -0.001, -width / 2, width / 2))
        self._matt(self._plotter.add_mesh(box, color=_shares(self._room.mat, 0.8)))
        self._plotter.add_mesh(_sheet(length, width, 0.0, x), texture=self._mat.texture, lighting=False)

    def _light(self) -> None:
        light = self._room.light
        lamps = (((2.5, 4.0, 4.0), light.key), ((-3.5, 2.5, 3.0), light.fill), ((0.5, 3.5, -4.0), light.back))
        for position, strength in lamps:
            self._plotter.add_light(pv.Light(position=position, focal_point=(0, 0.5, 0), intensity=strength))

    def _aim(self, facing: Facing) -> None:
        camera, view = self._camera, self._plotter.camera
        view.position = tuple(camera.eye(facing))
        view.focal_point = (camera.aim[0], camera.aim[1], 0.0)
        view.up = tuple(camera.axes(facing)[1])
        view.view_angle = camera.lens_deg
        view.clipping_range = (0.2, 20.0)

    def _shade(self, parts: Sequence[Part]) -> None:
        room, light = self._room, self._room.light
        cast = shadow(np.concatenate([points_of(part.mesh) for part in parts])) if parts else np.zeros_like(self._still)
        darkness = np.maximum(cast, self._still)
        strength = 0.55 if light.key > light.back else 0.3
        self._floor.show(darkness, strength, light.glow)
        if self._mat is not None:
            self._mat.show(window(darkness, room.mat_x_m, room.mat_m), strength, light.glow)


def _shares(colour: Colour, brightness: float = 1.0) -> tuple[float, float, float]:
    """A colour as VTK wants it: three shares of 1."""
    red, green, blue = (value / 255.0 * brightness for value in colour)
    return red, green, blue


def _sheet(length_m: float, width_m: float, y_m: float, x_m: float = 0.0) -> pv.PolyData:
    """A level rectangle with texture coordinates: u along x, v from front to back."""
    a, b = length_m / 2, width_m / 2
    points = np.array([[x_m - a, y_m, b], [x_m + a, y_m, b], [x_m + a, y_m, -b], [x_m - a, y_m, -b]])
    sheet = pv.PolyData(points, faces=[4, 0, 1, 2, 3])
    sheet.active_texture_coordinates = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float)
    return sheet


def _painted(part: Part) -> pv.PolyData:
    """A surface that carries its colour and its normals, sharp at its edges."""
    mesh: pv.PolyData = part.mesh.compute_normals(cell_normals=False, split_vertices=True, feature_angle=40.0)
    mesh.clear_cell_data()
    mesh.point_data["colour"] = np.tile(np.array(part.colour, np.uint8), (mesh.n_points, 1))
    return mesh
