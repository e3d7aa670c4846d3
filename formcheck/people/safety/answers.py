"""The safety answers on the disk: one small file for each person, readable by them alone."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.people.safety.questions import Answers, questionnaire
from formcheck.system.documents import parse_json, read_text
from formcheck.system.files import atomic_file
from formcheck.system.paths import data_folder, make_data_folder


def answers_file(person: str | None = None) -> Path:
    """Return the file of the answers (of `person`, if given), whether or not there are any yet."""
    return data_folder() / ("safety.json" if person is None else f"safety-{person}.json")


def block_answers_file(person: str | None = None) -> Path:
    """Return the file of the answers about blocks (of `person`, if given), whether or not there are any yet."""
    return data_folder() / ("safety_blocks.json" if person is None else f"safety_blocks-{person}.json")


def load_answers(person: str | None = None) -> Answers | None:
    """Return the answers to the present questions; `None` where there are none, or the file is damaged: ask again."""
    try:
        data = parse_json(read_text(answers_file(person)))
        answers = Answers(
            questionnaire=int(data["questionnaire"]), on=date.fromisoformat(data["on"]), yes=frozenset(map(str, data["yes"]))
        )
    except (OSError, ValueError, TypeError, KeyError, OverflowError):  # a number may be infinite
        return None
    return answers if answers.questionnaire == questionnaire().version else None


def save_answers(answers: Answers, person: str | None = None) -> None:
    """Write `answers` over earlier ones. Raises OutputError."""
    data = {"questionnaire": answers.questionnaire, "on": answers.on.isoformat(), "yes": sorted(answers.yes)}
    write_answers(answers_file(person), data)


def write_answers(path: Path, data: Mapping[str, Any]) -> None:
    """Write `data` as JSON to `path` in the data folder, for the person alone. Raises OutputError."""
    try:
        make_data_folder()
    except OSError as error:
        raise OutputError(wording.FOLDER_NOT_MADE.format(path=data_folder(), reason=error.strerror)) from None
    with atomic_file(path, private=True) as part:
        part.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def delete_answers(person: str | None = None) -> None:
    """Delete the answers, those about blocks too. Raises OutputError."""
    for path in (answers_file(person), block_answers_file(person)):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(wording.NOT_DELETED.format(path=path, reason=error.strerror)) from None
