"""Files of the corpus, whole or damaged: cut, overwritten, with bytes put in, out or elsewhere."""

from pathlib import Path

import hypothesis.strategies as st

CORPUS = Path(__file__).parent / "corpus"
# Lengths and counts stand in files as such numbers; the largest ask for memory or for loops.
NUMBERS = [number.to_bytes(size, order, signed=number < 0)
           for size in (1, 2, 4, 8) for order in ("little", "big")
           for number in (0, 1, -1, 2**(8 * size - 1) - 1, -2**(8 * size - 1))]


def corpus(folder: str, ending: str = "") -> list[bytes]:
    """Return the files in a folder and below it, or those with an ending."""
    found = [path.read_bytes() for path in sorted((CORPUS / folder).rglob(f"*{ending}"))
             if path.is_file()]
    assert found, f"the corpus has no file {folder}/*{ending}"
    return found


@st.composite
def damaged(draw, wholes: list[bytes], *, words: tuple[bytes, ...] = ()) -> bytes:
    """Draw a file with up to four damages. words: what else is worth putting into such a file."""
    data = bytearray(draw(st.sampled_from(wholes)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        kind = draw(st.sampled_from(("cut", "overwrite", "overwrite", "put in", "take out", "copy",
                                     "flip")))
        piece = draw(st.sampled_from([*NUMBERS, *words]) | st.binary(max_size=6))
        if kind == "cut":
            del data[place:]
        elif kind == "overwrite":
            data[place:place + len(piece)] = piece
        elif kind == "put in":
            data[place:place] = piece
        elif kind == "take out":
            del data[place:place + draw(st.integers(1, 40))]
        elif kind == "copy":
            start = draw(st.integers(0, max(len(data) - 1, 0)))
            data[place:place] = data[start:start + draw(st.integers(1, 60))]
        elif data:
            data[place] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)
