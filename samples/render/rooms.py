"""Rooms to film in."""

from .room import BACKLIT, DIM, Prop, Room

GREEN = Room(wall=(206, 212, 204), floor=(120, 104, 88), mat=(120, 64, 84))
DARK_FLOOR = Room(wall=(222, 214, 200), floor=(84, 70, 60), mat=(150, 152, 120))
BARE = Room(wall=(176, 182, 190), skirting=(210, 212, 216), floor=(172, 168, 160), mat=None)
STUDY = Room(
    wall=(204, 196, 184),
    floor=(146, 116, 84),
    mat=(86, 110, 92),
    props=(
        Prop(kind="shelf", x_m=-1.25, z_m=-1.5, size_m=(0.8, 1.25, 0.3), colour=(150, 118, 84)),
        Prop(kind="plant", x_m=1.25, z_m=-1.25, size_m=(0.3, 0.9, 0.3), colour=(176, 104, 78)),
        Prop(kind="frame", x_m=0.15, z_m=0.0, size_m=(0.6, 0.45, 1.35), colour=(96, 126, 92)),
        Prop(kind="box", x_m=0.75, z_m=-1.4, size_m=(0.42, 0.34, 0.36), colour=(182, 142, 98)),
    ),
)
GYM = Room(
    wall=(188, 196, 206),
    floor=(96, 98, 104),
    mat=(180, 88, 60),
    props=(
        Prop(kind="ball", x_m=-1.15, z_m=-1.0, size_m=(0.6, 0.0, 0.0), colour=(74, 120, 168)),
        Prop(kind="box", x_m=1.2, z_m=-1.3, size_m=(0.5, 0.45, 0.4), colour=(60, 64, 70)),
        Prop(kind="ball", x_m=0.75, z_m=-1.2, size_m=(0.26, 0.0, 0.0), colour=(188, 66, 60)),
        Prop(kind="frame", x_m=-0.5, z_m=0.0, size_m=(0.9, 0.6, 1.3), colour=(160, 74, 60)),
    ),
)
LIVING = Room(
    wall=(214, 204, 190),
    floor=(128, 96, 70),
    mat=(62, 78, 110),
    props=(
        Prop(kind="frame", x_m=-0.7, z_m=0.0, size_m=(0.5, 0.65, 1.3), colour=(90, 108, 140)),
        Prop(kind="frame", x_m=0.3, z_m=0.0, size_m=(0.4, 0.4, 1.35), colour=(140, 110, 80)),
        Prop(kind="chair", x_m=1.15, z_m=-1.2, size_m=(0.45, 0.9, 0.45), colour=(168, 152, 128)),
        Prop(kind="plant", x_m=-1.45, z_m=-1.3, size_m=(0.34, 1.1, 0.3), colour=(84, 88, 96)),
    ),
)
EVENING = Room(wall=(190, 176, 158), floor=(120, 92, 70), mat=(96, 70, 104), light=DIM)
WINDOW = Room(wall=(186, 188, 186), floor=(140, 122, 104), mat=(70, 100, 96), light=BACKLIT, window_m=(-0.5, 1.3))
