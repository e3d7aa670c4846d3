"""Names of stretches, blocks and routines as people read them."""

from formcheck.core.plain_text import one_line
from formcheck.stretches.block_files import shipped_block
from formcheck.stretches.files import shipped_stretch


def title_of(name: str) -> str:
    """Return the title of a shipped stretch or block; of anything else its name in words."""
    spec = shipped_stretch(name) or shipped_block(name)
    return spec.title if spec is not None else one_line(name.replace("_", " ").capitalize())
