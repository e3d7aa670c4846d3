"""What every model of a file is made of: tables whose keys are all known, and texts for people."""

from typing import Any, cast

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, TypeAdapter, WrapValidator, field_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import Sentence

PROSE = WrapValidator(lambda text, check: text if isinstance(text, Sentence) else Sentence(check(text), own={}))
"""Of a text for people. It comes last of what a text is annotated with; the file may have it in other languages too."""


class StrictModel(BaseModel):
    """A frozen value of a document: a key that its schema does not have is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FileTable(StrictModel):
    """A table of a file that people write by hand: a string is one line, and blanks around it mean nothing."""

    @field_validator("*", mode="before")
    @classmethod
    def _lines(cls, value: Any) -> Any:
        return _one_line_each(value)


def _one_line_each(value: Any) -> Any:
    """Return what a key holds with each of its strings as it is shown."""
    if isinstance(value, Sentence):
        return value
    if isinstance(value, str):
        return one_line(value.strip())
    if isinstance(value, list | tuple):
        return type(value)(map(_one_line_each, value))
    return value


class TranslatedFile(FileTable):
    """The top of a file whose texts may be there in other languages: in tables `[text.<language>]` that mirror its keys."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        from formcheck.stretches.validation.translations import by_language

        schema = handler(core_schema)
        texts: Any = TypeAdapter(cast("Any", by_language(cls))).core_schema
        described = {"description": "The texts in other languages, by the code of each, as de.", **handler(texts)}
        handler.resolve_ref_schema(schema)["properties"]["text"] = described
        return schema
