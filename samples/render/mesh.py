"""Surfaces with a colour, and the few calls into VTK that make and move them."""

from dataclasses import dataclass

import numpy as np
import pyvista as pv
from numpy.typing import NDArray
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy
from vtkmodules.vtkCommonCore import vtkPoints
from vtkmodules.vtkCommonDataModel import vtkImageData
from vtkmodules.vtkFiltersCore import vtkFlyingEdges3D

from .body import Colour
from .reach import Vector


@dataclass(frozen=True, slots=True)
class Part:
    """A surface of one colour."""

    mesh: pv.PolyData
    colour: Colour


def zero_surface(field: NDArray[np.float32], low: Vector, cell_m: float) -> pv.PolyData:
    """The surface where a field, sampled at [z, y, x] from the corner ``low``, is zero, with its normals."""
    image = vtkImageData()
    image.SetDimensions(field.shape[2], field.shape[1], field.shape[0])
    image.SetOrigin(float(low[0]), float(low[1]), float(low[2]))
    image.SetSpacing(cell_m, cell_m, cell_m)
    # The array is borrowed, not copied: it must outlive Update().
    image.GetPointData().SetScalars(numpy_to_vtk(field.ravel(), deep=False))  # type: ignore[no-untyped-call]
    contour = vtkFlyingEdges3D()
    contour.SetInputData(image)
    contour.SetValue(0, 0.0)
    contour.ComputeNormalsOn()
    contour.ComputeScalarsOff()
    contour.Update()
    return pv.PolyData(contour.GetOutput())


def points_of(mesh: pv.PolyData) -> Vector:
    """The points of a surface, one a row."""
    return np.asarray(mesh.points, dtype=np.float64)


def normals_of(mesh: pv.PolyData) -> Vector:
    """The normals of a surface, one a row."""
    normals = vtk_to_numpy(mesh.GetPointData().GetNormals())  # type: ignore[no-untyped-call]
    return np.asarray(normals, dtype=np.float64)


def moved(mesh: pv.PolyData, points: Vector, normals: Vector) -> pv.PolyData:
    """The same surface elsewhere. Points and normals are new, the faces are shared."""
    copy = pv.PolyData()
    copy.ShallowCopy(mesh)
    fresh = vtkPoints()
    rows = (np.ascontiguousarray(array, np.float32) for array in (points, normals))
    point_rows, normal_rows = (numpy_to_vtk(array, deep=True) for array in rows)  # type: ignore[no-untyped-call]
    fresh.SetData(point_rows)
    copy.SetPoints(fresh)
    copy.GetPointData().SetNormals(normal_rows)
    return copy
