"""The data of a project: three sets that come with the course, and tables of your own."""

import textwrap
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from ..errors import UsageError
from . import csv_files

SHIPPED = ("penguins", "digits", "photo")
FOLDER = Path(__file__).parents[1] / "datasets"


@dataclass(frozen=True)
class Table:
    """Rows and named columns.

    Attributes
    ----------
    name : str
        As `Project.data` has it.
    columns : dict of str to ndarray of shape (n,)
        Columns of numbers, NaN where a value is missing.
    texts : dict of str to ndarray of shape (n,)
        Columns of text, an empty one where a value is missing; labels are taken from these, or from whole numbers.
    one_scale : bool
        Whether all numbers are measured alike, so that a feature that varies more is one that matters more.
    shape : tuple of int
        Height and width of a picture whose pixels are the rows; empty for other tables.
    """

    name: str
    columns: dict[str, np.ndarray]
    texts: dict[str, np.ndarray] = field(default_factory=dict)
    one_scale: bool = False
    shape: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(next(iter([*self.columns.values(), *self.texts.values()])))

    def __repr__(self) -> str:
        lines = [f"Table {self.name}: {len(self)} rows"]
        for kind, columns in {"numbers": list(self.columns), "text": list(self.texts)}.items():
            if columns:
                listed = ", ".join(columns[:8] + ["..."] * (len(columns) > 8))
                # JupyterLab breaks a longer line within a word where the window is narrow or magnified.
                lines += textwrap.wrap(f"{kind}: {listed}", 32, subsequent_indent="    ", break_long_words=False)
        return "\n".join(lines)

    def features(self, names) -> np.ndarray:
        """Columns of numbers side by side, an array of shape `(n, d)`.

        Raises
        ------
        UsageError
            For a column that is not there or holds text.
        """
        if not names:
            raise UsageError(f"{self.name} has no column of numbers; its columns of text are {_listed(self.texts)}.")
        for name in names:
            if name in self.texts:
                example = next((text for text in self.texts[name] if text), "")
                if odd := csv_files.odd_one(self.texts[name]):
                    raise UsageError(
                        f"The column {name!r} of {self.name} holds numbers, but row {odd[0] + 1} has {odd[1][:30]!r}: "
                        "correct it in the file, or leave that value empty."
                    )
                raise UsageError(
                    f"The column {name!r} of {self.name} holds text ({example[:30]!r}), and a feature has to be a "
                    "number: leave it out, or use it as labels."
                )
            if name not in self.columns:
                raise UsageError(f"{self.name} has no column {name!r}; its numbers are {_listed(self.columns)}.")
        return np.column_stack([self.columns[name] for name in names])

    def labels(self, name: str) -> np.ndarray:
        """A column of labels, as text.

        Raises
        ------
        UsageError
            For a column that is not there, is empty, or holds measurements.
        """
        if name in self.texts:
            if not (self.texts[name] != "").any():
                raise UsageError(f"The column {name!r} of {self.name} is empty, so it cannot serve as labels.")
            return self.texts[name]
        if name not in self.columns:
            raise UsageError(f"{self.name} has no column {name!r}; it has {_listed([*self.texts, *self.columns])}.")
        values = self.columns[name]
        known = values[~np.isnan(values)]
        if (known != np.round(known)).any():
            raise UsageError(f"The column {name!r} of {self.name} holds measurements; labels are texts or integers.")
        return np.array(["" if np.isnan(value) else str(int(value)) for value in values])

    def row(self, place: int) -> dict[str, float | str]:
        """All that is known of one row.

        Examples
        --------
        >>> table("penguins").row(3)["species"]
        'Adelie'
        """
        return {name: values[place].item() for name, values in (self.columns | self.texts).items()}


def _listed(names) -> str:
    names = list(names)
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def table(name: str) -> Table:
    """The data of that name, or of a CSV file.

    Parameters
    ----------
    name : str
        `"penguins"`, `"digits"`, `"photo"`, or the path of a CSV file whose first line names the columns.

    Examples
    --------
    >>> table("penguins")
    Table penguins: 344 rows
    numbers: bill_length_mm,
        bill_depth_mm,
        flipper_length_mm,
        body_mass_g, year
    text: species, island, sex
    >>> table("photo").shape
    (120, 144)
    """
    if name in SHIPPED:
        return _shipped(name)
    if "://" in name:
        raise UsageError(f"{name} is an address: save the file beside the notebook, and give its name.")
    try:
        return Table(name, *csv_files.read(Path(name)))
    except UsageError as error:
        also = "" if Path(name).suffix else f" The data of the course are {', '.join(SHIPPED)}."
        raise UsageError(f"{error}{also}") from None


@cache
def _shipped(name: str) -> Table:
    return {"penguins": _penguins, "digits": _digits, "photo": _photo}[name]()


def _penguins() -> Table:
    return Table("penguins", *csv_files.read(FOLDER / "penguins.csv"))


def _digits() -> Table:
    from sklearn.datasets import load_digits

    digits = load_digits()
    columns = {f"pixel_{row}_{column}": digits.images[:, row, column] for row in range(8) for column in range(8)}
    return Table("digits", columns, {"digit": digits.target.astype(str)}, one_scale=True)


def _photo() -> Table:
    from PIL import Image

    with Image.open(FOLDER / "coffee.png") as picture:
        pixels = np.asarray(picture.convert("RGB"), float)
    height, width, _ = pixels.shape
    down, across = np.mgrid[:height, :width].astype(float)
    colours = {name: pixels[:, :, place].ravel() for place, name in enumerate(("red", "green", "blue"))}
    return Table("photo", colours | {"across": across.ravel(), "down": down.ravel()}, shape=(height, width))
