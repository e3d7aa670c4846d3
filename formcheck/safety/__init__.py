"""The safety screen: a few questions before the first session, and which stretches wait for a clinician's word."""

from formcheck.safety.ask import ask, screened, show, to_be_asked
from formcheck.safety.kept import answers_file, forget, load, save
from formcheck.safety.questions import Answers, Question, questionnaire, skipped

__all__ = [
    "Answers",
    "Question",
    "answers_file",
    "ask",
    "forget",
    "load",
    "questionnaire",
    "save",
    "screened",
    "show",
    "skipped",
    "to_be_asked",
]
