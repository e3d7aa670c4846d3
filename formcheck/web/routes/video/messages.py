"""What the page is told of the clips that are checked."""

from formcheck.core import wording
from formcheck.core.plain_text import one_line, path_as_text
from formcheck.core.wording.language import shown
from formcheck.stretches.titles import title_of
from formcheck.ui.clip_row import first_to_change, held_of_goals
from formcheck.web.routes.video.checks import ClipCheck, VideoChecks, Work
from formcheck.web.screen import Message


def list_message(checks: VideoChecks) -> Message:
    """Return the whole list, as it stands."""
    return {
        "waits": checks.waits,
        "left_s": checks.left_s(),
        "checks": [_row(check) for check in checks.listed()],
    }


def _row(check: ClipCheck) -> Message:
    return {
        "id": check.id,
        "name": one_line(path_as_text(check.name)),
        "compared": check.against is not None,
        "place": None if check.uploaded else one_line(path_as_text(check.clip.parent)),
        "still": check.still,
        "work": _work(check.score),
        "film": _work(check.film) if check.film is not None else None,
        "result": _result(check),
    }


def _work(work: Work) -> Message:
    sentences = shown(work.error).split("\n") if work.error is not None else []
    return {"state": work.state, "share": round(work.share, 3), "left_s": work.left_s, "trouble": sentences}


def _result(check: ClipCheck) -> Message | None:
    result = check.result
    if result is None or (document := result.document) is None:
        return None
    stretch = wording.CELL_NO_STRETCH if document.pose is None else title_of(document.pose)
    return {
        "pose": document.pose,
        "stretch": stretch,
        "sides": list(document.sides),
        "held": held_of_goals(document),
        "held_s": sum(entry.held_s for entry in document.sides.values()),
        "score": document.score,
        "band": document.band,
        "verdict": wording.BANDS[document.band].table.format(score=document.score) if document.band is not None else "",
        "change": first_to_change(document, check.specs),
        "damaged": document.clip.damaged,
        "notes": list(result.notes),
    }
