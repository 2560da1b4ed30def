"""What a text is about, and of what kind it is: sums of small integer vectors, one for each character and each pair of
characters.

All numbers are whole. They stand in floats where matrices are multiplied, and every sum stays below what these hold
exactly (2**24, 2**53), so each product is exact and the same on every machine. Characters of a pair seldom met have
vectors of their own: a name that the corpus never showed is still about something.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from pipelines.judge.lookup import Lookup, look_up

Array: TypeAlias = npt.NDArray[Any]

#: Dimensions of the fitted space; kinds of texts.
DIMENSIONS, KINDS = 64, 16
#: Components are whole numbers up to this: finer ones find no more, and fill the file.
FINEST = 7
#: Texts of every kind, against which a paragraph's fit to its own article is ranked; each a vector of this length.
CROWD, CROWD_LENGTH = 512, 120
#: A pair is one number: its first character so many bits above its second.
SHIFT = 21
#: The rarity (16 * log2) of a pair that the corpus never showed.
UNKNOWN = 190
#: What a text is about is a vector of about this length: a thousand of them add up to 2**20, squares to 2**46.
LENGTH = 1024
_BREAK = ord("\n")
_LOW = (1 << SHIFT) - 1
#: A text is read so far: components of up to seven of 2 * 100,000 tokens add up to less than 2**24, where float32 is no
#: longer exact.
MOST = 100_000
#: Texts that are added up at once.
_BLOCK = 64
_HANZI = (0x4E00, 0x9FFF)


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The fitted vectors."""

    #: Characters and pairs as numbers, in order; each one's row.
    codes: Array
    rows: Lookup
    #: By code, and one more for what is not among them: rarity (16 * log2).
    rarities: Array
    #: By code, and one more for what is not among them: int8 components, what a text is about and then by kind how
    #: much likelier it stands in a text of this kind than in one of another.
    vectors: Array
    #: Texts of every kind as vectors of one length: a column each.
    crowd: Array
    #: How a vector's components tell those texts apart: two vectors about it say how alike they are to one and the
    #: same texts.
    spread: Array


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Which text holds which character or pair: each once a text, by token, then by text."""

    #: How many texts were read.
    texts: int
    #: The different tokens as numbers, in order.
    codes: Array
    #: For each time that a text holds a token: the text, and the token's place among `codes`.
    text: Array
    token: Array

    def is_hanzi_pair(self) -> Array:
        """For each token, whether it is a pair of Hanzi."""
        first, second = self.codes >> SHIFT, self.codes & _LOW
        return (first >= _HANZI[0]) & (first <= _HANZI[1]) & (second >= _HANZI[0]) & (second <= _HANZI[1])


def hold(texts: Sequence[str]) -> Held:
    """The characters and pairs of each folded text."""
    texts = [text[:MOST] for text in texts]
    joined = "\n".join((*texts, "")).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    inside = characters != _BREAK
    single = (characters << SHIFT) | owner
    double = (characters[:-1] << 2 * SHIFT) | single[1:]
    once = np.concatenate((single[inside], double[inside[:-1] & inside[1:]]))
    once.sort()
    once = once[_is_new(once)]
    codes = once >> SHIFT
    first = _is_new(codes)
    return Held(len(texts), codes[first], once & _LOW, np.cumsum(first) - 1)


def _is_new(ordered: Array) -> Array:
    """Of numbers in order, which are not the one before."""
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def find_rows(space: Space, held: Held) -> Array:
    """For each token its row among the space's vectors; the last for one that is not known."""
    rows: Array = space.rows.find(held.codes.view(np.uint64), len(space.codes))
    return rows


def point(space: Space, held: Held, rows: Array) -> tuple[Array, Array]:
    """What each text is about, and what kind of text it is like: sums of its vectors, scaled to one length; nothing
    where nothing is known."""
    sums = np.zeros((held.texts, DIMENSIONS + KINDS))
    if held.texts <= _BLOCK:
        some = _add_up(space, rows, held.text, held.token)
        sums[: len(some)] = some
    else:
        for begin in range(0, held.texts, _BLOCK):
            inside = (held.text >= begin) & (held.text < begin + _BLOCK)
            here, token = np.unique(held.token[inside], return_inverse=True)
            some = _add_up(space, rows[here], held.text[inside] - begin, token)
            sums[begin : begin + len(some)] = some
    return _scale(sums[:, :DIMENSIONS]), _scale(sums[:, DIMENSIONS:])


def _scale(sums: Array) -> Array:
    scaled: Array = np.floor(LENGTH * sums / np.maximum(1, measure(sums))[:, None])
    return scaled


def _add_up(space: Space, rows: Array, text: Array, token: Array) -> Array:
    """By text, up to the last that holds anything, the sum of the vectors of its tokens, whose rows these are."""
    holds = np.zeros((int(text.max(initial=-1)) + 1, len(rows)), dtype=np.float32)
    holds[text, token] = 1
    added: Array = holds @ space.vectors.take(rows, axis=0).astype(np.float32)
    return added


def measure(vectors: Array) -> Array:
    """The length of each vector, rounded down."""
    lengths: Array = np.floor(np.sqrt((vectors * vectors).sum(axis=1)))
    return lengths


def cosines(products: Array, lengths: Array) -> Array:
    """Per mille, rounded down; 0 where either is nothing. `lengths` are the products of the two lengths."""
    found: Array = (np.floor(1000 * products / np.maximum(lengths, 1)) * (lengths > 0)).astype(np.int64)
    return found


def pack_space(codes: Array, rarities: Array, vectors: Array, crowd: Array) -> dict[str, bytes]:
    """The files of a space. `codes` are in order; `crowd` holds unit vectors, a row each."""
    pairs = int(np.searchsorted(codes, 1 << SHIFT))
    characters = "".join(map(chr, codes[:pairs]))
    joined = "".join(chr(code >> SHIFT) + chr(code & _LOW) for code in codes[pairs:].tolist())
    head = f"{len(codes)} {pairs}\n".encode()
    body = (characters + joined).encode("utf-32-le", "surrogatepass")
    units = np.round(crowd * CROWD_LENGTH).astype(np.int8)
    return {
        "vectors.z": zlib.compress(head + body + rarities.astype(np.uint8).tobytes() + vectors.T.tobytes(), 9),
        "crowd.z": zlib.compress(units.tobytes(), 9),
    }


def unpack_space(blob: Mapping[str, bytes]) -> Space:
    """The space of a fit's files."""
    head, _, body = zlib.decompress(blob["vectors.z"]).partition(b"\n")
    count, singles = map(int, head.split())
    points = np.frombuffer(body, dtype="<u4", count=2 * count - singles).astype(np.int64)
    at = 4 * len(points)
    codes = np.concatenate((points[:singles], (points[singles::2] << SHIFT) | points[singles + 1 :: 2]))
    rarities = np.frombuffer(body, dtype=np.uint8, count=count, offset=at)
    columns = np.frombuffer(body, dtype=np.int8, offset=at + count).reshape(DIMENSIONS + KINDS, count)
    vectors = np.zeros((count + 1, DIMENSIONS + KINDS), dtype=np.int8)
    vectors[:count] = columns.T
    crowd = np.frombuffer(zlib.decompress(blob["crowd.z"]), dtype=np.int8).reshape(-1, DIMENSIONS).T.astype(np.float64)
    rows = look_up(codes.view(np.uint64))
    return Space(codes, rows, np.append(rarities, np.uint8(UNKNOWN)), vectors, crowd, _spread(crowd))


def _spread(crowd: Array) -> Array:
    """The crowd's covariance, 2**20 at most: its vectors are of 120, squares of all of them below 2**32."""
    total = crowd.sum(axis=1)
    spread: Array = np.floor((crowd.shape[1] * (crowd @ crowd.T) - total[:, None] * total) / 2**12)
    return spread
