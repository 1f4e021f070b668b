"""The project of chapter 8: what you declare, the model that follows from it, and what `check("project")` looks for."""

from .declaration import Project
from .fitting import fitted, single_starts, split
from .tables import Table, table

__all__ = ["Project", "Table", "fitted", "single_starts", "split", "table"]
