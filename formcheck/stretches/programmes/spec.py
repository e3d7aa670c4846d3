"""The schema of a programme file: what is done at each level, and the rules by which pain leads from one level to another."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from formcheck.core.wording.language import N_
from formcheck.stretches.routine import REST_S, Rest, Step
from formcheck.stretches.validation import PROSE, FileTable, TranslatedFile, as_written

WORST_PAIN = 10
"""Pain is told from 0, none, to this."""

EASY_AT_LEAST = 2
"""No rule may ask for more on fewer sessions that went well in a row."""

Pain = Annotated[int, Field(ge=0, le=WORST_PAIN, strict=True)]
Count = Annotated[int, Field(ge=1, le=100, strict=True)]
Said = Annotated[str, Field(min_length=1, max_length=200), PROSE]

CUTOFFS_UNORDERED = N_("0 < amber_from < red_from is expected (found {amber} and {red})")
TOO_OFTEN = N_("times must be of_last or less (found {times} of {of_last})")
NO_CONDITION = N_("give one condition or more")
UP_UNEARNED = N_("a rule that goes up needs when.easy: sessions that went well")
CHANGES_NOTHING = N_("give what it changes: level, leave_out, add, hold or stop")
STOPS_FOR_EVER = N_("a rule that stops needs when.now, or until: else nothing would end it")
UNTIL_WITHOUT_STOP = N_("until goes with stop and when.strong")
SAME_RULE = N_("two rules are called {name}; give each a name of its own")
NO_CHECK = N_("a rule adds the part check, so `check` must name one.")


class PainLight(StrEnum):
    """What an amount of pain means, in the colours of a traffic light: go on, ease off, stop."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class ProgrammePart(StrEnum):
    """The parts of a programme, in their order. A check comes before all else: stretching changes what it measures."""

    CHECK = "check"
    RELEASE = "release"
    STRETCH = "stretch"
    STRENGTHEN = "strengthen"


class Cutoffs(FileTable):
    """From which pain on the light is amber, and from which it is red."""

    amber_from: Pain
    red_from: Pain

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 < self.amber_from < self.red_from:
            raise ValueError(CUTOFFS_UNORDERED.format(amber=self.amber_from, red=self.red_from))
        return self

    def light(self, pain: int) -> PainLight:
        """Return the light of an amount of pain, 0 to 10."""
        if pain >= self.red_from:
            return PainLight.RED
        return PainLight.AMBER if pain >= self.amber_from else PainLight.GREEN


Lights = Annotated[tuple[PainLight, ...], Field(min_length=1)]


class Times(FileTable):
    """So many of the last so many."""

    times: Count
    of_last: Count

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.times > self.of_last:
            raise ValueError(TOO_OFTEN.format(times=self.times, of_last=self.of_last))
        return self


class When(FileTable):
    """When a rule holds: all that is given must be so. What the person did not tell makes no condition true."""

    now: Annotated[
        tuple[PainLight, ...] | None, Field(min_length=1, description="The light of the pain before this session.")
    ] = None
    after_last: Annotated[
        tuple[PainLight, ...] | None,
        Field(
            min_length=1,
            description="The light of the last session: of the pain after it, or of what was told in it by key (mild: amber; "
            "strong or sharp: red), whichever is worse.",
        ),
    ] = None
    rose_by: Annotated[Pain | None, Field(description="The last session ended with so much more pain than it began.")] = None
    not_settled_by: Annotated[
        Pain | None, Field(description="There is so much more pain now than before the last session.")
    ] = None
    strong: Annotated[
        Times | None,
        Field(
            description="Red before, in or after so many of the last times that pain was told: sessions in which something was "
            "done, days of strong pain, and now if it is red. After a yes to the question of `until` it counts anew."
        ),
    ] = None
    easy: Annotated[
        Annotated[int, Field(ge=EASY_AT_LEAST, le=100, strict=True)] | None,
        Field(
            description="So many sessions in a row, the last ones, at the level of today and green before, in and after. One "
            "in which nothing was done does not count."
        ),
    ] = None
    days_away: Annotated[Count | None, Field(description="The last session is so many days ago, or more.")] = None
    checked_days_ago: Annotated[
        Count | None, Field(description="The last flexibility check is so many days ago, or more, or there was none.")
    ] = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.model_fields_set:
            raise ValueError(NO_CONDITION)
        return self


class Until(FileTable):
    """What ends a stop: that somebody has looked at it. The person is asked, and begins anew at the first level after a yes."""

    question: Annotated[Said, Field(description="A yes or no. Until a yes nothing is done.")]
    ask_again_days: Annotated[Count, Field(description="After a no it is not asked for so many days.")]
    says: Annotated[Said, Field(description="Said after a yes.")]


class Rule(FileTable):
    """What is changed today, when, and the reason in a sentence for the person: the level is told once for all rules."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    when: When
    level: Annotated[int, Field(ge=-10, le=1, strict=True, description="How many levels up (+1) or down.")] = 0
    leave_out: Annotated[tuple[ProgrammePart, ...], Field(description="Parts that are not done today.")] = ()
    add: Annotated[tuple[Literal[ProgrammePart.CHECK], ...], Field(description="Parts that only a rule adds.")] = ()
    hold: Annotated[bool, Field(strict=True, description="Today is at no higher level.")] = False
    stop: Annotated[bool, Field(strict=True, description="Nothing is done today.")] = False
    until: Annotated[Until | None, Field(description="What ends a stop for strong pain.")] = None
    says: Said

    @model_validator(mode="after")
    def _earned(self) -> Self:
        if self.level > 0 and self.when.easy is None:
            raise ValueError(UP_UNEARNED)
        if not (self.level or self.leave_out or self.add or self.hold or self.stop):
            raise ValueError(CHANGES_NOTHING)
        # What was before stays as it was for as long as nothing is done: such a stop would never end.
        if self.stop and self.when.now is None and self.until is None:
            raise ValueError(STOPS_FOR_EVER)
        if self.until is not None and not (self.stop and self.when.strong is not None):
            raise ValueError(UNTIL_WITHOUT_STOP)
        return self


class ProgrammeStep(Step):
    """A step of a routine, and the part of the programme that it belongs to."""

    part: Literal[ProgrammePart.RELEASE, ProgrammePart.STRETCH, ProgrammePart.STRENGTHEN]


class Level(FileTable):
    """What is done at one level, in order."""

    title: Annotated[str, Field(min_length=1, max_length=80), PROSE]
    steps: Annotated[tuple[ProgrammeStep, ...], Field(min_length=1)]


class Programme(TranslatedFile):
    """A parsed programme file. Levels count from 1, the easiest; a person begins there."""

    format: Literal[1]
    name: Annotated[str, Field(min_length=1, description="As the file is called, without .toml.")]
    title: Annotated[str, Field(min_length=1, max_length=80), PROSE]
    description: Annotated[str, Field(max_length=400), PROSE] = ""
    check: Annotated[str | None, Field(description="The flexibility check of the part `check`.")] = None
    check_without_table: Annotated[
        str | None, Field(description="The check for who has no table, bed or sofa edge; it counts as one, too.")
    ] = None
    check_again_days: Annotated[Count, Field(description="After a no the check is not offered for so many days.")] = 14
    rest_s: Rest = REST_S
    pain: Cutoffs
    unchanged: Annotated[Said, Field(description="Said where no rule holds.")]
    first: Annotated[Said, Field(description="Said until something was done.")]
    rules: tuple[Rule, ...]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]

    @property
    def decisions(self) -> tuple[str, ...]:
        """Every sentence by which it may say what it has decided."""
        ends = (rule.until.says for rule in self.rules if rule.until is not None)
        return (self.first, self.unchanged, *(rule.says for rule in self.rules), *ends)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = [rule.name for rule in self.rules]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(SAME_RULE.format(name=as_written(twice)))
        if self.check is None and any(rule.add for rule in self.rules):
            raise ValueError(NO_CHECK)
        return self
