"""Splits the municipality's page (docs/siden.md) into the paragraphs that the answers' `paragraphs` number.

'0' is the title and 'sub' the line under it; the blocks of the content are counted from '1'. The list of criteria
('6') is one block, and so is each part of the contact: address 11, hours 12, telephone 13, digital post 14.
"""

from functools import lru_cache
from pathlib import Path

from common import patterns
from common.settings import ROOT

_PAGE = ROOT / "docs" / "siden.md"
_COMMENT = patterns.compile(r"<!--.*?-->", patterns.DOTALL)
# Headings for navigation only. The other headings of the contact belong to the block after them.
_NAVIGATION = ("Gå til hovedindhold", "Indhold", "Kontakt")


@lru_cache(maxsize=4)
def page_paragraphs(file: Path = _PAGE) -> dict[str, str]:
    """The page's paragraphs by number, in order."""
    text = _COMMENT.sub("", file.read_text(encoding="utf-8"))
    blocks = ["\n".join(line.strip() for line in block.splitlines()) for block in patterns.split(r"\n\s*\n", text)]
    blocks = [block.strip() for block in blocks if block.strip() and block.strip() not in _NAVIGATION]
    title, under, *content = blocks
    found, heading = {"0": title, "sub": under}, ""
    joined: list[str] = []
    for block in content:
        if block in ("Jura", "Telefontid"):
            heading = block + "\n"
        elif block.startswith("For ") and joined and joined[-1].startswith("For "):
            joined[-1] += "\n" + block
        else:
            joined.append(heading + block)
            heading = ""
    found.update({str(number): block for number, block in enumerate(joined, 1)})
    return found
