"""The JSON document of a scored clip or session, version 1.

Times are seconds from the first frame, scores whole numbers 0..100. Fields may be added within a version; a
changed or removed one raises `schema_version`.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, WrapValidator

from formcheck.core.interfaces import ClipInfo
from formcheck.core.plain_text import path_as_text
from formcheck.core.values import Band, Edge, KeyKind, Reason, Side, Verdict
from formcheck.core.wording.language import Sentence
from formcheck.stretches.validation import StrictModel

SCHEMA_VERSION: Literal[1] = 1

Said = Annotated[str, WrapValidator(lambda given, checked: given if isinstance(given, Sentence) else checked(given))]
"""A text for people: English as JSON has it, and shown in the person's language as long as it has not been written."""

Sides = Literal["both"]
BOTH: Sides = "both"
"""The one entry of `sides` where both legs do the same, so that there are none."""


class ClipEntry(StrictModel):
    """What was read. `fps` is null where the file has no frame rate; sizes are those of the upright picture.

    `damaged` says what is damaged in it, and is null where nothing is: then all of it was scored. `filmed` is the day that the
    file states, and null where it states none. Where a part was scored, `from_s` is its begin and `duration_s` its end.
    """

    path: str
    duration_s: float
    fps: float | None
    width: int
    height: int
    damaged: Said | None = None
    filmed: str | None = None
    from_s: float = 0.0

    @property
    def length_s(self) -> float:
        """How long it is, or the part that was scored (seconds); 0 for a photo."""
        return self.duration_s - self.from_s

    @classmethod
    def of(cls, clip: ClipInfo, duration_s: float, from_s: float = 0.0) -> Self:
        """Return what is said of a clip, or of what a camera gave, from and to so many seconds."""
        return cls(
            path=path_as_text(clip.path),
            duration_s=duration_s,
            from_s=from_s,
            fps=clip.fps,
            width=clip.width,
            height=clip.height,
            damaged=clip.damaged,
            filmed=clip.filmed,
        )


class EngineEntry(StrictModel):
    """What saw the person."""

    name: str
    version: str
    model: str


class HoldEntry(StrictModel):
    """A stretch of time in correct form. `held_s` leaves out lapses, so it is at most `end_s - start_s`."""

    side: Side | None
    start_s: float
    end_s: float
    held_s: float
    score: int


class SideEntry(StrictModel):
    """One stretched side over the whole clip. `score` is null where the side was held but never scored.

    `goal_s` and `complete` are null where it is held to the end: there is no goal, and the longest go is the result.
    """

    held_s: float
    longest_s: float
    goal_s: float | None
    complete: bool | None
    score: int | None
    verdict: Verdict = Field(description="What most of the time in the shape was.")


class FaultEntry(StrictModel):
    """A fault that lasted at least its minimum time."""

    name: str
    side: Side | None
    start_s: float
    end_s: float
    cue: Said


class CauseEntry(StrictModel):
    """What points of the score were lost for: a measure below (`low`) or above (`high`) where it earns full credit.

    `beyond_deg` is by how far, on average over its `seconds`, the body would have to move for all to be well again: a little
    more than the reading is off, as readings follow a body by less than it moves. Where no stretch was recognised, or the
    expected one was never begun, it is a condition of the shape that was not met when the person came nearest to it.
    """

    measure: str
    edge: Edge
    beyond_deg: float
    seconds: float
    points: float
    cue: Said


class MeasureEntry(StrictModel):
    """What was measured of one target on one side; `side` is null where both legs do the same.

    All of it is in degrees but `inside`: the share (0 to 1) of the time in the shape in which the measure was inside `full`,
    its range of full credit. `median` is over the time in correct form, null where there was none; `median_in_shape` over all
    time in the shape. `error_deg` is half the width of the interval that has the true value in 90 of 100 cases.
    """

    measure: str
    side: Side | None
    full: tuple[float, float]
    median: float | None
    median_in_shape: float
    inside: float
    error_deg: float


class SidesApartEntry(StrictModel):
    """By how many degrees the median of a measure on the left is above that on the right, both in correct form.

    `error_deg` is what both readings together may be off; `told_apart` is whether the difference is larger than that.
    """

    measure: str
    left_minus_right_deg: float
    error_deg: float
    told_apart: bool


class KeyMomentEntry(StrictModel):
    """A moment worth a picture: the best and the worst second of a side, the change of sides, or a photo's one.

    `held_s` is what had been held on the side until then, `measures` what was measured then, in degrees.
    """

    kind: KeyKind
    side: Side | None
    time_s: float
    held_s: float
    measures: dict[str, float]


class UnseenEntry(StrictModel):
    """A time that could not be judged, and why."""

    reason: Reason
    start_s: float
    end_s: float


class Document(StrictModel):
    """`pose` is null when no stretch was recognised; `score` and `band` are null when nothing could be scored.

    The points of `causes` add up to 100 minus the score.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    clip: ClipEntry
    engine: EngineEntry
    pose: str | None
    verdict: Verdict = Field(description="What most of the time in the shape was; none where there was no such time.")
    borderline: list[str] = Field(description="The measures that leave it open, where the verdict is borderline.")
    nearest: str | None = Field(description="The stretch that came nearest, where none was recognised.")
    score: int | None
    band: Band | None
    causes: list[CauseEntry]
    seen_s: float = Field(description="Time that could be judged.")
    in_form_s: float = Field(description="Time in correct form, short moments included.")
    holds: list[HoldEntry]
    sides: dict[Side | Sides, SideEntry]
    faults: list[FaultEntry]
    unseen: list[UnseenEntry]
    measures: list[MeasureEntry] = Field(default_factory=list)
    sides_apart: list[SidesApartEntry] = Field(default_factory=list)
    key_moments: list[KeyMomentEntry] = Field(default_factory=list)


class TaskEntry(StrictModel):
    """One line of a session's summary: so long of a stretch on one side was asked, and so much of it was held.

    What was neither held nor skipped was never begun. `note` says why it was skipped. `goal_s` and `complete` are null where it
    is held to the end.
    """

    pose: str
    side: Side | None
    held_s: float
    goal_s: float | None
    complete: bool | None
    skipped: bool
    note: Said | None


class PainEntry(StrictModel):
    """The pain key was pressed, in the stretch or guided block `pose`. `answer` is how it was, null where not answered."""

    time_s: float
    pose: str
    side: Side | None
    answer: Literal["mild", "strong", "sharp"] | None


class BlockEntry(StrictModel):
    """A guided block of a session on one side; nothing of it was measured but the time for which somebody was there.

    `started_s` is null where it never ran. `note` says why it was skipped, or left out.
    """

    block: str
    side: Side | None
    started_s: float | None
    guided_s: float
    goal_s: float
    complete: bool
    skipped: bool = False
    note: Said | None = None


class LiveDocument(Document):
    """One stretch, or whichever was done, in front of the camera. `holds` and `sides` have what counted for a task.

    `started` is the date and time of its beginning, as ISO 8601 with the offset from UTC.
    """

    started: str
    tasks: list[TaskEntry]
    pains: list[PainEntry]
    blocks: list[BlockEntry]


class SessionDocument(StrictModel):
    """A routine in front of the camera, or a guided block: a document for each stretch of it that was judged, in order.

    All times are seconds from the camera's first frame; `duration_s` of a part is when it ended.
    """

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    plan: str
    started: str
    stretches: list[Document]
    tasks: list[TaskEntry]
    pains: list[PainEntry]
    blocks: list[BlockEntry]


class DecisionEntry(StrictModel):
    """What a rule of a programme changed today, in words; `rule` is null where none did."""

    rule: str | None
    says: Said


class ProgrammeDocument(SessionDocument):
    """A programme in front of the camera. Pain is from 0 (none) to 10; null where it was not told."""

    level: int
    decisions: list[DecisionEntry]
    pain_before: int
    pain_after: int | None
