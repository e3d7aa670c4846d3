"""The person of a session: their baseline, and the stretches adjusted to what they have reached so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.core.errors import HistoryError
from formcheck.core.measures import MEASURES
from formcheck.core.wording.language import N_, joined
from formcheck.people.history import Entry
from formcheck.people.profile import DEFAULT, Profile, delete_profile, find_profile, profile_file
from formcheck.people.progression import PersonalGoal, personal_goal, session_reaches
from formcheck.people.safety.answers import delete_answers
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.system.paths import history_file

_PROFILE = N_("Profile {name}, baseline of {taken:%d %b %Y}.")
_COUNTS = N_("{title}: {name} from {degrees:.0f} degrees on counts in full.")
_COUNTS_TODAY = N_("{title}: {name} from {degrees:.0f} degrees on counts in full, your range today.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with profile and history. `trouble` says why the history cannot be read; then no goal is personal."""

    name: str
    profile: Profile
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    trouble: str | None = None

    @property
    def fit(self) -> BaselineCheck:
        return BaselineCheck(baseline=self.profile.baseline)

    def adjusted_stretches(self, specs: Iterable[StretchSpec]) -> Mapping[str, StretchSpec]:
        """Return the stretches by name, with this person's own goals."""
        goals = {spec.name: (spec, self._goal_of(spec)) for spec in specs}
        return {name: _adjusted(spec, goal) for name, (spec, goal) in goals.items()}

    def describe(self, specs: Iterable[StretchSpec]) -> str:
        """Return the profile, its date, and the personal goals in words; a line each."""
        lines = [_PROFILE.format(name=self.name, taken=self.profile.taken.astimezone())]
        for spec in specs:
            goal = self._goal_of(spec)
            if goal is not None and _adjusted(spec, goal) != spec:
                sentence = _COUNTS_TODAY if goal.short else _COUNTS
                name = MEASURES[spec.goal.measure].name_with_leg if spec.goal is not None else N_("goal")
                lines.append(sentence.format(title=spec.title, name=name, degrees=goal.full_credit_from_deg))
        return joined("\n", [*lines, *([self.trouble] if self.trouble else [])])

    def _goal_of(self, spec: StretchSpec) -> PersonalGoal | None:
        if self.trouble:
            return None
        return personal_goal(spec, session_reaches(self.entries, spec.name), datetime.now().astimezone())


def load_person(name: str) -> Person:
    """Return the person whose profile is called `name`. Raises ProfileError."""
    profile = find_profile(name)
    if not history_file().is_file():
        return Person(name=name, profile=profile)
    from formcheck.people.history.database import Store

    try:
        with Store(history_file()) as store:
            return Person(name=name, profile=profile, entries=store.recent(profile=name))
    except HistoryError as error:
        return Person(name=name, profile=profile, trouble=N_("Your range is not known. {error}").format(error=error))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalStretches:
    """The stretches to look for, with what is expected of a person, whose baseline it is, and a sentence about both."""

    specs: tuple[StretchSpec, ...]
    baseline: BaselineCheck | None = None
    note: str | None = None


def resolve(pose: str, profile: str | None) -> PersonalStretches:
    """Return the stretch called `pose`, or all for `auto`, as the person of the profile is judged by them, if one is named.

    Raises ProfileError and PoseFileError.
    """
    person = load_person(profile) if profile is not None else None
    specs = load_stretches() if pose == "auto" else (find_stretch(pose),)
    return personal(specs, person)


def personal(specs: tuple[StretchSpec, ...], person: Person | None) -> PersonalStretches:
    """Return `specs` as `person` is judged by them; as they are for `None`."""
    if person is None:
        return PersonalStretches(specs=specs)
    adjusted = tuple(person.adjusted_stretches(specs).values())
    return PersonalStretches(specs=adjusted, baseline=person.fit, note=person.describe(adjusted))


def default_person() -> Person | None:
    """Return the person of the default profile, or `None` where there is no such profile."""
    return load_person(DEFAULT) if profile_file(DEFAULT).is_file() else None


def person_of(profile: str | None) -> Person | None:
    """Return the person of a profile, or of the default one where none is named; `None` where there is neither.

    Raises ProfileError.
    """
    return load_person(profile) if profile is not None else default_person()


def forget_person(name: str) -> None:
    """Delete the profile called `name`, the answers and the sessions of that person. Raises FormcheckError."""
    delete_profile(name)
    delete_answers(name)
    if history_file().is_file():
        from formcheck.people.history.database import Store

        with Store(history_file()) as store:
            store.clear(profile=name)


def _adjusted(spec: StretchSpec, goal: PersonalGoal | None) -> StretchSpec:
    return spec if goal is None else spec.with_goal_from(goal.full_credit_from_deg)
