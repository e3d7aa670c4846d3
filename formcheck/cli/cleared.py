"""What the answers to the safety questions leave of a plan."""

from collections.abc import Mapping

from rich.console import Console

from formcheck.cli.plan import Plan
from formcheck.errors import FormcheckError
from formcheck.safety import screened, skipped


def left_out(console: Console, plan: Plan, *, again: bool, person: str | None = None) -> Mapping[str, str]:
    """Return which stretches of `plan` are left out and why, asking `person` the questions where they are due (or `again`).

    Raises FormcheckError where nothing of the plan is left.
    """
    answers = screened(console, again=again, person=person)
    barred = skipped(answers, list(plan.specs)) if answers is not None else {}
    for reason in dict.fromkeys(barred.values()):
        named = ", ".join(spec.title for key, spec in plan.specs.items() if barred.get(key) == reason)
        console.print(f"Left out: {named}. {reason}", markup=False)
    if set(plan.specs) <= set(barred):
        raise FormcheckError(
            "Not started: every stretch of this session waits for your clinician's word. Once they agree, `formcheck live "
            "--screen` asks the questions again."
        )
    return barred
