"""The fold of a session in front of the camera: from what is seen, and the keys pressed, to what is shown and said.

The clock never waits for ceremony. Set-up and countdown help somebody who is not there yet; form that is held is a hold in
any phase, and the stretch then begins by itself. Time is an argument here as everywhere below the devices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.hold import Clock
from formcheck.light import Light
from formcheck.posefile import PoseSpec
from formcheck.practice.announcer import TO_GO, Announcer, coaching_line
from formcheck.practice.breathing import breath
from formcheck.practice.guide import Guide
from formcheck.practice.progress import Progress
from formcheck.practice.setup import facing_for
from formcheck.practice.speech import Speech
from formcheck.practice.stage import Chime, Key, Phase, Row, Stage, Utterance
from formcheck.practice.tasks import Task
from formcheck.session import Session
from formcheck.track import Track
from formcheck.values import Landmarks, Moment, Reason, Side, Status

WELL_S = 1.0
"""All must have been well for this long before the countdown; a person is not in place while passing through it."""

COUNTDOWN_S = 3.0
WRONG_SIDE_S = 2.0
"""A hold of this length on the other side means it: the tasks change places."""

UNSEEN_S = 8.0
"""Somebody who has not been seen for this long in a stretch is helped as in the set-up."""

_COMMON = (Key.MUTE, Key.FULL_SCREEN, Key.QUIT)
_KEYS: Mapping[Phase, tuple[Key, ...]] = {
    Phase.SETUP: (Key.PAUSE, Key.SKIP, Key.OTHER_SIDE, *_COMMON),
    Phase.COUNTDOWN: (Key.PAUSE, Key.SKIP, Key.OTHER_SIDE, *_COMMON),
    Phase.STRETCH: (Key.PAUSE, Key.PAIN, Key.SKIP, Key.OTHER_SIDE, *_COMMON),
    Phase.REST: (Key.PAUSE, Key.SKIP, *_COMMON),
    Phase.PAUSED: (Key.PAUSE, Key.SKIP, *_COMMON),
    Phase.PAIN: (Key.MILD, Key.STRONG, Key.SHARP, Key.QUIT),
    Phase.LOST: _COMMON,
    Phase.DONE: (Key.QUIT,),
}
_WATCHING = (Phase.SETUP, Phase.COUNTDOWN, Phase.STRETCH, Phase.REST)

PAIN_ANSWERS = {
    Key.MILD: "Ease off a little, then go on",
    Key.STRONG: "We leave this one for today",
    Key.SHARP: "Stop here for today, and ask your clinician",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one step has to tell. `moment` is `None` where nothing was judged."""

    stage: Stage
    utterances: tuple[Utterance, ...] = ()
    moment: Moment | None = None


@dataclass(slots=True)
class Hurt:
    """The pain key was pressed, during which task; `answer` is how it was, once told."""

    time_s: float
    progress: Progress
    answer: Key | None = None


class Practice:
    """One session of `tasks` with the stretches in `specs` (by name); `barred` says which are skipped, and why.

    `step` and `blind` are called in order of time. `session` is the one that judges now; it is a new one for each stretch.
    """

    def __init__(
        self,
        specs: Mapping[str, PoseSpec],
        tasks: Sequence[Task],
        *,
        side: Side | None = None,
        barred: Mapping[str, str] | None = None,
        muted: bool = False,
    ) -> None:
        if not tasks:
            raise ValueError("a session needs at least one task")
        self.specs = dict(specs)
        self.muted = muted
        self.wants_to_quit = False
        self.pains: list[Hurt] = []
        self.done: list[Progress] = []
        self.phase = Phase.SETUP
        self._side = side
        self._barred = dict(barred or {})
        self._tasks = list(tasks)
        self._at = -1
        self._speech = Speech()
        self._back = Phase.SETUP  # where a pause, or lost pictures, came from
        self._since_s = 0.0  # of the phase
        self._last_s = 0.0
        self._guide = Guide()
        self._announcer = Announcer(self._speech)
        self._unseen_s: float | None = None
        self._lost: str | None = None
        self.session = self._session(tasks[0])
        self.progress = self._progress(tasks[0], 0.0)
        self._next_task(0.0)

    # --- what comes in -------------------------------------------------------------------------------------------------

    def step(self, people: Sequence[Landmarks], light: Light, time_s: float) -> Told:
        """Take in one picture: who is seen in it, in what light."""
        if self.phase is Phase.LOST:
            self._speech.say(time_s, "The camera is back")
            self._turn(self._back, time_s)
            self._lost = None
        if self.phase not in _WATCHING:
            self._last_s = time_s
            return self._told(time_s, None)
        moment = self.session.step(people, time_s)
        self._take(moment, time_s)
        self._guide.look(people, moment, light, self.specs[self.progress.pose], self._wanted(), time_s)
        self._move_on(moment, time_s)
        self._last_s = time_s
        return self._told(time_s, moment)

    def blind(self, reason: str, time_s: float) -> Told:
        """Take in that the camera gives no pictures. The clock stands still from the last one on."""
        moment = None
        if self.phase in _WATCHING:
            self._back = self.phase
            moment = self._break()
            self._turn(Phase.LOST, time_s)
            self._speech.say(time_s, "I have lost the camera", Chime.ALERT, urgent=True)
        self._lost = reason
        return self._told(time_s, moment)

    @property
    def watching(self) -> bool:
        """Whether who is seen in a picture matters now."""
        return self.phase in _WATCHING or self.phase is Phase.LOST

    def wait(self, time_s: float) -> Told:
        """Say how things stand between two pictures."""
        return self._told(time_s, None)

    @property
    def first(self) -> Stage:
        """What to show before the first picture is judged."""
        return self._staged(0.0, None)

    def press(self, key: Key, time_s: float) -> Moment | None:
        """Take in a key; one that is not meant now does nothing. Returns the moment that closes what was being judged."""
        if key not in _KEYS[self.phase]:
            return None
        moment = None
        match key:
            case Key.QUIT:
                self.wants_to_quit = True
            case Key.MUTE:
                self.muted = not self.muted
            case Key.PAUSE if self.phase is Phase.PAUSED:
                self._turn(self._back, time_s)
                self._speech.say(time_s, "Going on")
            case Key.PAUSE:
                self._back = self.phase
                moment = self._break()
                self._turn(Phase.PAUSED, time_s)
                self._speech.say(time_s, "Paused")
            case Key.PAIN:
                moment = self._break()
                self.pains.append(Hurt(time_s=time_s, progress=self.progress))
                self._turn(Phase.PAIN, time_s)
                self._speech.say(time_s, "Come out of it gently. How was it?", Chime.ALERT, urgent=True)
            case Key.MILD | Key.STRONG | Key.SHARP:
                self._answer(key, time_s)
            case Key.SKIP if self.phase is Phase.REST:
                self._turn(Phase.SETUP, time_s)
            case Key.SKIP:
                self._finish(time_s, skipped="skipped")
            case Key.OTHER_SIDE:
                self._other_side(time_s)
        return moment

    @property
    def stretches(self) -> tuple[Progress, ...]:
        """All tasks begun so far, in order, the present one last."""
        return (*self.done, self.progress) if self.phase is not Phase.DONE else tuple(self.done)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The summary: what was held of each task that was begun."""
        return tuple(self._row(part) for part in self.stretches if part.held_s > 0 or part.skipped or part in self.done)

    # --- what is judged ------------------------------------------------------------------------------------------------

    def _take(self, moment: Moment, time_s: float) -> None:
        now, mine = moment.assessment, self.progress
        if mine.task.pose is None and now.pose != mine.pose and moment.recognised:
            self._change_stretch(now.pose, time_s)
            mine = self.progress
        track = self._track()
        hold = track.clock.running
        if hold is not None and hold.side is not None and hold.side is not mine.side:
            self._sided(hold.side, hold.held_s, track.clock, time_s)
            mine = self.progress
        mine.follow(track.clock)
        if now.pose == mine.pose and now.status.in_shape:
            for breach in now.breaches:
                mine.faults[breach.name] = mine.faults.get(breach.name, 0.0) + time_s - self._last_s
        self._unseen_s = (self._unseen_s or time_s) if now.status is Status.UNSEEN else None
        self._announcer.hear(moment, mine, self.specs[now.pose])

    def _sided(self, side: Side, held_s: float, clock: Clock, time_s: float) -> None:
        """Settle which side this is: the one that is held, if the task leaves it open or the other side comes later."""
        if self.progress.task.side is None and not self._other_done():
            self.progress.begin(clock, side)
        elif held_s >= WRONG_SIDE_S and self.phase is not Phase.REST:
            later = next(
                (i for i in range(self._at + 1, len(self._tasks)) if self._tasks[i].pose == self.progress.task.pose), None
            )
            if later is None and self.progress.task.pose is not None:
                return
            if later is not None and self._tasks[later].side is not None:
                self._tasks[self._at], self._tasks[later] = self._tasks[later], self._tasks[self._at]
                self.progress = self._progress(self._tasks[self._at], time_s)
            self.progress.begin(clock, side)

    def _other_done(self) -> bool:
        """Whether the open side of this task is settled by the task before it having been the other one."""
        return bool(self.done) and self.done[-1].task.side is None and self.done[-1].side is not None and self._at > 0

    # --- where in the session ------------------------------------------------------------------------------------------

    def _move_on(self, moment: Moment, time_s: float) -> None:
        """Go from phase to phase. A hold that counts leads to the stretch from anywhere."""
        if self.progress.complete:
            self._finish(time_s)
        elif self.phase is not Phase.STRETCH and self._holds_for_us(moment):
            self._turn(Phase.STRETCH, time_s)
        elif self.phase is Phase.SETUP:
            self._set_up(time_s)
        elif self.phase is Phase.COUNTDOWN:
            self._count_down(time_s)
        elif self.phase is Phase.REST:
            self._rest(time_s)
        elif self._unseen_s is not None and time_s - self._unseen_s >= UNSEEN_S:
            self._turn(Phase.SETUP, time_s)

    def _set_up(self, time_s: float) -> None:
        if self._guide.shown is not None:
            self._speech.instruct(time_s, self._guide.shown)
        if self._guide.well_since_s is not None and time_s - self._guide.well_since_s >= WELL_S:
            self._speech.say(time_s, "Ready", Chime.READY)
            self._turn(Phase.COUNTDOWN, time_s)

    def _count_down(self, time_s: float) -> None:
        if self._guide.wanted is not None and self._guide.wanted.needed:
            self._turn(Phase.SETUP, time_s)
        elif time_s - self._since_s >= COUNTDOWN_S:
            self._turn(Phase.STRETCH, time_s)
            self._speech.say(time_s, self._posture())
        else:
            self._tick(COUNTDOWN_S, time_s)

    def _rest(self, time_s: float) -> None:
        rest_s = self.done[-1].task.rest_s
        if time_s - self._since_s >= rest_s:
            self._turn(Phase.SETUP, time_s)
        elif time_s - self._since_s >= rest_s - TO_GO:
            self._tick(rest_s, time_s)

    def _holds_for_us(self, moment: Moment) -> bool:
        """Whether a hold is under way that counts for this task and was not begun for the one before."""
        hold = self._track().clock.running
        if hold is None or moment.assessment.pose != self.progress.pose or hold.side is not self.progress.side:
            return False
        return self.phase is not Phase.REST or hold.start_s > self._since_s

    def _tick(self, length_s: float, time_s: float) -> None:
        """A tick for each second of a countdown."""
        left = int(length_s - (time_s - self._since_s)) + 1
        before = int(length_s - (self._last_s - self._since_s)) + 1 if self._last_s > self._since_s else None
        if left != before:
            self._speech.say(time_s, None, Chime.TICK)

    def _finish(self, time_s: float, skipped: str | None = None) -> None:
        """End the present task, and go on to the next."""
        mine = self.progress
        if skipped is not None and not mine.complete:
            mine.skipped, mine.note = True, skipped
        self.done.append(mine)
        rest_s = mine.task.rest_s if skipped is None else 0.0
        if skipped is None:
            self._speech.say(time_s, "Done", Chime.DONE)
        if mine.task.pose is None:
            self._tasks.insert(self._at + 1, mine.task)
        self._next_task(time_s)
        if self.phase is Phase.DONE:
            return
        following = self.progress
        if following.pose == mine.pose and following.task.pose is not None:
            turn = self._wanted() is not mine.side
            self._speech.say(time_s, "Change sides, turn round" if turn else "Once more", Chime.CHANGE)
        elif following.task.pose is not None:
            self._speech.say(time_s, f"Next: {self._title(following)}", Chime.CHANGE)
        self._turn(Phase.REST if rest_s > 0 else Phase.SETUP, time_s)

    def _next_task(self, time_s: float) -> None:
        while True:
            self._at += 1
            if self._at >= len(self._tasks):
                self._turn(Phase.DONE, time_s)
                self._speech.say(time_s, "All done. Well done", Chime.DONE)
                return
            task = self._tasks[self._at]
            if task.pose is not None and task.pose not in [track.spec.name for track in self.session.tracks]:
                self.session = self._session(task)
            self.progress = self._progress(task, time_s)
            reason = self._barred.get(self.progress.pose) if task.pose is not None else None
            if reason is None:
                break
            self.progress.skipped, self.progress.note = True, reason
            self.done.append(self.progress)
        side = self.done[-1].side.other if self._other_done() and self.done[-1].side else task.side
        self.progress.begin(self._track().clock, side)
        self._guide = Guide()

    def _change_stretch(self, pose: str, time_s: float) -> None:
        """Without a plan: another stretch was recognised."""
        if self.progress.held_s > 0:
            self.done.append(self.progress)
        self.progress = self._progress(self.progress.task, time_s)
        self.progress.pose, self.progress.goal_s = pose, self.specs[pose].hold_s

    def _turn(self, phase: Phase, time_s: float) -> None:
        self.phase, self._since_s = phase, time_s
        self._unseen_s = None
        self._guide.well_since_s = None

    def _break(self) -> Moment:
        """Close what is being judged right after the last picture: what follows is not known, whatever it is."""
        self._announcer.running = False
        return self.session.step((), self._last_s)

    def _answer(self, answer: Key, time_s: float) -> None:
        self.pains[-1].answer = answer
        self._speech.say(time_s, PAIN_ANSWERS[answer])
        if answer is Key.MILD:
            self._turn(Phase.SETUP, time_s)
            return
        self.progress.note = f"pain: {answer}"
        if answer is Key.SHARP:
            del self._tasks[self._at + 1 :]
        elif self.progress.task.pose is None:
            self._tasks.append(self.progress.task)
        self.progress.skipped = not self.progress.complete
        self.done.append(self.progress)
        self._next_task(time_s)
        if self.phase is not Phase.DONE:
            self._turn(Phase.SETUP, time_s)

    def _other_side(self, time_s: float) -> None:
        """The person wants the other leg first."""
        for track in self.session.tracks:
            if track.given_side is not None:
                track.given_side = track.given_side.other
        side = self._wanted()
        self._side = self._side.other if self._side else None
        later = next((i for i in range(self._at + 1, len(self._tasks)) if self._tasks[i].pose == self.progress.task.pose), None)
        if later is not None and self._tasks[later].side is not None:
            self._tasks[self._at], self._tasks[later] = self._tasks[later], self._tasks[self._at]
            self.progress = self._progress(self._tasks[self._at], time_s)
            side = self.progress.side
        elif side is not None:
            side = side.other
        self.progress.begin(self._track().clock, side)
        self._turn(Phase.SETUP, time_s)
        self._speech.say(time_s, f"The {side} side, then" if side else "The other side, then")

    # --- what goes out -------------------------------------------------------------------------------------------------

    def _posture(self) -> str:
        """The first sentence of what to do."""
        return self.specs[self.progress.pose].instruction.partition(". ")[0].rstrip(".")

    def _told(self, time_s: float, moment: Moment | None) -> Told:
        return Told(stage=self._staged(time_s, moment), utterances=self._speech.take(), moment=moment)

    def _staged(self, time_s: float, moment: Moment | None) -> Stage:
        mine = self.progress
        in_task = self.phase is not Phase.DONE
        side = self._wanted() if in_task else None
        running = self._announcer.running and self.phase is Phase.STRETCH
        facing = facing_for(side) if side is not None else (moment.view.facing if moment and moment.view else 1)
        planned = mine.task.pose is not None
        return Stage(
            phase=self.phase,
            time_s=time_s,
            pose=mine.pose if planned or (moment is not None and moment.recognised) else None,
            title=self._title(mine) if planned or (moment is not None and moment.recognised) else "Any stretch",
            side=side,
            facing=facing,
            instruction=self._instruction(moment),
            count=self._shown_count(time_s),
            held_s=mine.held_s,
            goal_s=mine.goal_s if in_task else None,
            breath=breath(mine.held_s) if running else None,
            coaching=coaching_line(self.specs[mine.pose], mine.held_s) if running else None,
            step=(self._at + 1, len(self._tasks)) if planned and in_task and len(self._tasks) > 1 else None,
            upcoming=self._upcoming(),
            moment=moment,
            keys=_KEYS[self.phase],
            muted=self.muted,
            rows=self.rows if self.phase is Phase.DONE else (),
        )

    def _instruction(self, moment: Moment | None) -> str | None:
        match self.phase:
            case Phase.SETUP:
                return self._guide.shown or "Stay like this"
            case Phase.STRETCH if moment is not None and moment.cue is not None:
                return moment.cue.text
            case Phase.STRETCH if moment is not None and moment.assessment.status is Status.ELSEWHERE:
                return self._posture()
            case Phase.STRETCH if moment is not None and moment.assessment.reason is Reason.HIDDEN:
                return "I can't see all of you"
            case Phase.REST:
                return "Change sides, turn round" if self.done and self.done[-1].pose == self.progress.pose else "Rest"
            case Phase.PAIN:
                return "How was it?"
            case Phase.LOST:
                return self._lost
            case _:
                return None

    def _shown_count(self, time_s: float) -> int | None:
        lasting_s = {Phase.COUNTDOWN: COUNTDOWN_S, Phase.REST: self.done[-1].task.rest_s if self.done else 0.0}.get(self.phase)
        return None if lasting_s is None else max(1, int(lasting_s - (time_s - self._since_s)) + 1)

    def _upcoming(self) -> str | None:
        if self.phase is Phase.REST:
            return self._title(self.progress)
        after = self._at + 1
        if self.phase is Phase.DONE or after >= len(self._tasks) or self._tasks[after].pose is None:
            return None
        task = self._tasks[after]
        if task.side is None and task.pose == self.progress.pose:
            return "the other side"
        return self.specs[task.pose or self.progress.pose].title + (f", {task.side} side" if task.side else "")

    def _row(self, part: Progress) -> Row:
        spec = self.specs[part.pose]
        return Row(
            title=spec.title,
            side=part.side,
            held_s=part.held_s,
            goal_s=part.goal_s,
            skipped=part.skipped,
            note=part.note,
        )

    def _title(self, part: Progress) -> str:
        return self.specs[part.pose].title

    def _wanted(self) -> Side | None:
        return self.progress.side if self.progress.side is not None else self.progress.task.side

    def _track(self) -> Track:
        return next(track for track in self.session.tracks if track.spec.name == self.progress.pose)

    def _session(self, task: Task) -> Session:
        candidates = tuple(self.specs.values()) if task.pose is None else (self.specs[task.pose],)
        return Session(candidates, self._side)

    def _progress(self, task: Task, time_s: float) -> Progress:
        pose = task.pose or next(iter(self.specs))
        goal_s = task.goal_s if task.goal_s is not None else self.specs[pose].hold_s
        return Progress(task=task, pose=pose, goal_s=goal_s, side=task.side, started_s=time_s)
