"""What a clip is: who does what, in front of which camera, and how it was filmed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .body import Side
from .camera import Camera, Facing
from .film import Film
from .motion import Parameters
from .people import PEOPLE, Person
from .room import Room

Steps = Sequence[tuple[float, Parameters]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One thing a person does, from the first step's second to the last's; where it begins the one before ended.

    ``turns``: in its course the person turns round until it faces ``facing``. ``jump_m`` moves the person along
    the room's x before it begins (out of the picture, or it would show).
    """

    act: str
    stretched: Side
    facing: Facing
    steps: Steps
    hands: tuple[str, str] = ("hanging", "hanging")
    turns: bool = False
    jump_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Somebody else in the room, who starts at (x, z) metres: z + = between the camera and the one who stretches."""

    person: str
    scenes: tuple[Scene, ...]
    x_m: float
    z_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip. ``steps``: (second, wanted parameters of the act); the first starts from its rest.

    ``act`` is what the person does (``None``: the pose), ``then`` what it does afterwards, ``at_m`` where it starts
    along the room's x. ``hidden``: what the form is judged by can't be seen. ``who``: somebody not in the cast.
    ``note`` becomes a comment in the label file.
    """

    name: str
    pose: str
    person: str
    stretched: Side
    facing: Facing
    camera: Camera
    steps: Steps
    hands: tuple[str, str]
    fps: Fraction = Fraction(30)
    room: Room = field(default_factory=Room)
    act: str | None = None
    then: tuple[Scene, ...] = ()
    at_m: float = 0.0
    extras: tuple[Extra, ...] = ()
    film: Film = field(default_factory=Film)
    hidden: bool = False
    who: Person | None = None
    note: str = ""

    @property
    def player(self) -> Person:
        """The one who stretches."""
        return self.who if self.who is not None else PEOPLE[self.person]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """Everything that the one who stretches does."""
        first = Scene(
            act=self.act or self.pose, stretched=self.stretched, facing=self.facing, steps=self.steps, hands=self.hands
        )
        return (first, *self.then)

    @property
    def changes_sides(self) -> bool:
        """Whether both legs are stretched in it."""
        return len({scene.stretched for scene in self.scenes if scene.act == self.pose}) > 1
