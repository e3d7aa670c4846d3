"""What was chosen in the app, for its next start too: the language, and who it is; one small file in the data folder."""

from pathlib import Path

from formcheck.people.profile import profile_names
from formcheck.people.safety.answers import write_answers
from formcheck.stretches.validation import StrictModel
from formcheck.system.documents import parse_json, read_text
from formcheck.system.paths import data_folder


class Chosen(StrictModel):
    """What was chosen; `None` where nothing was."""

    language: str | None = None
    profile: str | None = None


def chosen_file() -> Path:
    """Return the file of what was chosen, whether or not it is there."""
    return data_folder() / "app.json"


def load_chosen() -> Chosen:
    """Return what was chosen; nothing where the file is not there or damaged, and no profile that is gone."""
    try:
        chosen = Chosen.model_validate(parse_json(read_text(chosen_file())))
    except (OSError, ValueError):
        return Chosen()
    return chosen if chosen.profile in profile_names() else chosen.model_copy(update={"profile": None})


def save_chosen(chosen: Chosen) -> None:
    """Keep what was chosen, in the place of what was chosen before. Raises OutputError."""
    write_answers(chosen_file(), chosen.model_dump())
