"""`python -m tests.languages`: bring every catalogue up to what is marked in the source, and tell what it
lacks. A sentence that is no longer in the source leaves the catalogues; a new one has an empty translation until it gets one.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "formcheck" / "core" / "wording"

_MARKS = {"N_": None, "NP_": ((1, "c"), 2), "NN_": (1, 2)}

_HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""
"""Without dates and names, which would differ at every update."""


def marked() -> Catalog:
    """Return what is marked in the source, by the file it stands in."""
    found = Catalog(charset="utf-8")
    for file, _, message, _, context in extract_from_dir(ROOT / "formcheck", method_map=[("**.py", "python")], keywords=_MARKS):
        found.add(message, locations=[(file, 0)], context=context)
    return _filled_by_format(found)


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    with (FOLDER / f"{language}.po").open("rb") as stream:
        return _filled_by_format(read_po(stream, locale=language))


def _filled_by_format(sentences: Catalog) -> Catalog:
    """Return the same sentences; a percent sign in one is no placeholder, whatever stands behind it."""
    for message in sentences:
        message.flags.discard("python-format")
    return sentences


def lacking(language: str) -> list[str]:
    """Return every sentence of the source that has no translation into a language."""
    there = {(message.context, message.id): message.string for message in catalogue(language)}
    lacks = []
    for message in marked():
        strings = there.get((message.context, message.id))
        if message.id and not (strings if isinstance(strings, str) else strings and all(strings)):
            lacks.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacks


def update(language: str) -> None:
    """Write the catalogue of a language with exactly the sentences of the source, and the translations there are."""
    there = catalogue(language)
    there.update(marked(), no_fuzzy_matching=True)
    there.obsolete.clear()
    with (FOLDER / f"{language}.po").open("wb") as stream:
        stream.write(_HEAD.format(language=language, plurals=there.plural_forms).encode())
        write_po(stream, there, omit_header=True, sort_by_file=True, include_lineno=False, width=128)


def main() -> None:
    for file in sorted(FOLDER.glob("*.po")):
        update(file.stem)
        lacks = lacking(file.stem)
        for sentence in lacks:
            print(f"{file.stem}: {sentence}")
        print(f"{file.stem}: {len(lacks)} sentences have no translation.")


if __name__ == "__main__":
    main()
