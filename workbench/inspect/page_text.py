"""The municipality's page (docs/siden.md) by the numbers that the answers' `paragraphs` name.

'0' is the title and 'sub' the line under it; from '1' on the blocks of the content are counted, the list of criteria
('6') and everything of the contact as one block each: address 11, hours 12, telephone 13, digital post 14.
"""

from functools import lru_cache
from pathlib import Path

from common import patterns
from common.settings import ROOT

_PAGE = ROOT / "docs" / "siden.md"
_COMMENT = patterns.compile(r"<!--.*?-->", patterns.DOTALL)
# Headings that are navigation and no statement; a heading of the contact belongs to the block that follows it.
_NAVIGATION = ("Gå til hovedindhold", "Indhold", "Kontakt")


@lru_cache(maxsize=4)
def page_paragraphs(file: Path = _PAGE) -> dict[str, str]:
    """The page's paragraphs by number, in their order."""
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
