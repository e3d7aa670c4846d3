"""The safety answers on the disk: one small file for each person, readable by them alone."""

import json
from datetime import date
from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.people.safety.questions import Answers, questionnaire
from formcheck.system.files import atomic_file
from formcheck.system.paths import data_folder, make_data_folder


def answers_file(person: str | None = None) -> Path:
    """Return the file of the answers (of `person`, if given), whether or not there are any yet."""
    return data_folder() / ("safety.json" if person is None else f"safety-{person}.json")


def load_answers(person: str | None = None) -> Answers | None:
    """Return the answers to the present questions; `None` where there are none, or the file is damaged: ask again."""
    try:
        data = json.loads(answers_file(person).read_text(encoding="utf-8"))
        answers = Answers(
            questionnaire=int(data["questionnaire"]), on=date.fromisoformat(data["on"]), yes=frozenset(map(str, data["yes"]))
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return answers if answers.questionnaire == questionnaire().version else None


def save_answers(answers: Answers, person: str | None = None) -> None:
    """Write `answers` over earlier ones. Raises OutputError."""
    data = {"questionnaire": answers.questionnaire, "on": answers.on.isoformat(), "yes": sorted(answers.yes)}
    try:
        make_data_folder()
    except OSError as error:
        raise OutputError(
            f"{data_folder()}: cannot be made ({error.strerror}). Choose another folder in FORMCHECK_DATA."
        ) from None
    with atomic_file(answers_file(person)) as part:
        part.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    answers_file(person).chmod(0o600)


def delete_answers(person: str | None = None) -> None:
    """Delete the answers. Raises OutputError."""
    path = answers_file(person)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be deleted ({error.strerror}). Allow writing to its folder.") from None
