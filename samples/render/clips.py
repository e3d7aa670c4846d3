"""The table of clips: who does which stretch in front of which camera, and what they do when."""

from fractions import Fraction

from .askew import ASKEW
from .camera import Camera
from .clean import CLEAN
from .clip import Clip
from .hard import HARD
from .room import Room

__all__ = ["CLIPS", "FIRST", "Clip"]

FIRST: tuple[Clip, ...] = (
    Clip(
        name="kneeling_hip_flexor",
        pose="kneeling_hip_flexor",
        person="p1",
        stretched="right",
        facing="right",
        camera=Camera(yaw_deg=5.0, height_m=0.65, distance_m=3.0, aim=(0.12, 0.62), lens_deg=31.0),
        hands=("on_hips", "on_front_thigh"),
        steps=(
            (0.0, {"step": 0.58}),
            (2.4, {}),
            (4.2, {"extension": 20.0, "trunk": 1.0, "hands": 1.0}),
            (9.6, {"extension": 22.0, "trunk": 0.0}),
            (10.6, {"extension": -4.0, "trunk": 27.0}),
            (13.4, {}),
            (14.6, {"extension": 22.0, "trunk": 0.0}),
            (19.2, {"extension": 23.0}),
            (20.8, {"extension": 2.0, "trunk": -2.0, "hands": 0.0}),
            (22.0, {}),
        ),
    ),
    Clip(
        name="supine_psoas",
        pose="supine_psoas",
        person="p2",
        stretched="right",
        facing="right",
        camera=Camera(yaw_deg=-4.0, height_m=0.7, distance_m=2.7, aim=(0.02, 0.30), lens_deg=31.0),
        hands=("beside_body", "round_shin"),
        fps=Fraction(25),
        steps=(
            (0.0, {}),
            (2.0, {}),
            (3.4, {"bent_hip": 48.0, "bent_knee": 98.0}),
            (5.0, {"bent_hip": 118.0, "bent_knee": 126.0, "hands": 1.0}),
            (10.4, {"bent_hip": 122.0}),
            (11.4, {"leg_lift": 25.0}),
            (14.2, {"leg_lift": 24.0}),
            (15.2, {"leg_lift": 0.0}),
            (19.6, {"bent_hip": 121.0}),
            (21.2, {"bent_hip": 48.0, "bent_knee": 98.0, "hands": 0.0}),
            (22.4, {}),
        ),
    ),
    Clip(
        name="standing_psoas",
        pose="standing_psoas",
        person="p9",
        stretched="left",
        facing="left",
        camera=Camera(yaw_deg=8.0, height_m=0.95, distance_m=3.2, aim=(-0.38, 0.83), lens_deg=35.0),
        room=Room(mat_x_m=-0.35),
        hands=("hanging", "on_hips"),
        steps=(
            (0.0, {"step": 0.76, "extension": 28.0, "trunk": 1.0, "rear_knee": 9.0}),
            (1.4, {}),
            (3.2, {"stage": 1.0, "hands": 1.0}),
            (9.0, {"extension": 29.0}),
            (10.2, {"extension": 6.0, "trunk": 2.0, "rear_knee": 52.0}),
            (13.0, {}),
            (14.2, {"extension": 29.0, "trunk": 1.0, "rear_knee": 9.0}),
            (18.8, {"extension": 30.0}),
            (20.4, {"stage": 0.0, "hands": 0.0}),
            (21.6, {}),
        ),
    ),
)

CLIPS: tuple[Clip, ...] = (*FIRST, *CLEAN, *ASKEW, *HARD)
