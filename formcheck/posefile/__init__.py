"""Pose files: what a stretch asks for, as data. One TOML file is one stretch."""

from formcheck.posefile.load import check_text, find, folder, is_path, load_all, names, parse, path_of
from formcheck.posefile.spec import Fault, Limit, PoseSpec, ShapeRange, Target

__all__ = [
    "Fault",
    "Limit",
    "PoseSpec",
    "ShapeRange",
    "Target",
    "check_text",
    "find",
    "folder",
    "is_path",
    "load_all",
    "names",
    "parse",
    "path_of",
]
