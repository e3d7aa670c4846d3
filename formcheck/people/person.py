"""Whose session it is: their baseline, and what is asked of them for what they have reached so far."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from formcheck.analysis.baseline import BaselineCheck
from formcheck.people.history import Entry, HistoryError
from formcheck.people.profile import DEFAULT, Profile, find_profile, profile_file
from formcheck.people.progression import PersonalGoal, personal_goal, session_reaches
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.system.paths import history_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`trouble` says why the history cannot be read; then the pose files' own ranges hold."""

    name: str
    profile: Profile
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    trouble: str | None = None

    @property
    def fit(self) -> BaselineCheck:
        return BaselineCheck(baseline=self.profile.baseline)

    def asked(self, specs: Iterable[StretchSpec]) -> Mapping[str, StretchSpec]:
        """Return the stretches with what is asked of this person."""
        found = {spec.name: (spec, self._asked(spec)) for spec in specs}
        return {name: spec if mine is None else spec.with_goal_from(mine.edge) for name, (spec, mine) in found.items()}

    def sentence(self, specs: Iterable[StretchSpec]) -> str:
        """Return who it is, since when, and what is asked; a line each."""
        lines = [f"Profile {self.name}, baseline of {self.profile.taken.astimezone():%d %b %Y}."]
        for spec in specs:
            mine = self._asked(spec)
            if mine is not None and spec.with_goal_from(mine.edge) != spec:
                today = ", your range today" if mine.short else ""
                lines.append(f"{spec.title}: full credit from {mine.edge:.0f} degrees on{today}.")
        return "\n".join([*lines, *([self.trouble] if self.trouble else [])])

    def _asked(self, spec: StretchSpec) -> PersonalGoal | None:
        return (
            None if self.trouble else personal_goal(spec, session_reaches(self.entries, spec.name), datetime.now().astimezone())
        )


def person_of(name: str) -> Person:
    """Return the person whose profile is called `name`. Raises ProfileError."""
    profile = find_profile(name)
    if not history_file().is_file():
        return Person(name=name, profile=profile)
    from formcheck.people.history.database import Store

    try:
        with Store(history_file()) as store:
            return Person(name=name, profile=profile, entries=store.recent(profile=name))
    except HistoryError as error:
        return Person(name=name, profile=profile, trouble=f"Your range is not known. {error}")


def asked_for(pose: str, profile: str | None) -> tuple[tuple[StretchSpec, ...], BaselineCheck | None]:
    """Return the stretches to look for, `auto` being all, and how they read on the person of the profile, whom it tells of.

    Raises ProfileError and PoseFileError.
    """
    person = person_of(profile) if profile is not None else None
    candidates = load_stretches() if pose == "auto" else (find_stretch(pose),)
    if person is None:
        return candidates, None
    candidates = tuple(person.asked(candidates).values())
    print(person.sentence(candidates), file=sys.stderr)
    return candidates, person.fit


def somebody() -> Person | None:
    """Return the person of the default profile, if there is one."""
    return person_of(DEFAULT) if profile_file(DEFAULT).is_file() else None
