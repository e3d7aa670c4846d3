"""`--json FILE|-`: the result as a document for machines."""

from formcheck.analysis.scoring.result import Result
from formcheck.pipeline.outputs.base import AtomicFileOutput, Output
from formcheck.system.files import write_json


class JsonFile(AtomicFileOutput):
    """The document in a file."""

    def complete(self, result: Result) -> None:
        self.part.write_text(result.to_json(), encoding="utf-8")


create = JsonFile


class JsonToStdout(Output):
    """The document on standard output."""

    def complete(self, result: Result) -> None:
        write_json(None, result.to_json())
