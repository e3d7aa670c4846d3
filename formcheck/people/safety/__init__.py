"""The safety screen: a few questions before the first session, and which stretches wait for a clinician's consent."""

from formcheck.people.safety.answers import answers_file, delete_answers, load_answers, save_answers
from formcheck.people.safety.questions import Answers, excluded_by_safety, questionnaire

__all__ = ["Answers", "answers_file", "delete_answers", "excluded_by_safety", "load_answers", "questionnaire", "save_answers"]
