"""Pictures in few colours, so that a notebook stays small; a film has one palette for all its frames."""

import io

import numpy as np
from PIL import Image


class Palette:
    """At most `n_colours` colours for pictures that have most of theirs in common.

    A palette for each picture would take a quarter of the time of a film, and a colour could flicker.

    Parameters
    ----------
    samples : list of ndarray of shape (height, width, 4)
        Some of the pictures, red, green, blue and opacity in bytes; the palette is made for these.
    n_colours : int
        At most 255.
    """

    def __init__(self, samples: list[np.ndarray], n_colours: int = 128):
        stacked = Image.fromarray(np.concatenate([sample[:, :, :3] for sample in samples]))
        self._palette = stacked.quantize(n_colours, dither=Image.Dither.NONE).getpalette()
        self._colours = np.array(self._palette, np.int32).reshape(-1, 3)
        self._index = np.zeros(1 << 24, np.uint8)  # one more than the number of the colour; 0: not looked up yet

    def png(self, picture: np.ndarray) -> bytes:
        """The picture in these colours, each pixel in the nearest."""
        key = np.ascontiguousarray(picture).view("<u4")[:, :, 0] & 0xFFFFFF  # red in the lowest byte
        index = self._index[key]
        unknown = index == 0
        if unknown.any():
            new = np.unique(key[unknown])
            self._index[new] = 1 + self._nearest(
                np.column_stack([new & 255, new >> 8 & 255, new >> 16]).astype(np.int32)
            )
            index = self._index[key]
        drawn = Image.fromarray(index - np.uint8(1), "P")
        drawn.putpalette(self._palette)
        stream = io.BytesIO()
        drawn.save(stream, "png")
        return stream.getvalue()

    def _nearest(self, colours: np.ndarray) -> np.ndarray:
        """Number of the nearest colour of the palette for each row."""
        away = (self._colours**2).sum(axis=1) - 2 * colours @ self._colours.T  # up to a constant for each row
        return away.argmin(axis=1)
