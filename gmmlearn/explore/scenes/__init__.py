"""What every exploration draws, says and asks: plain data, read by the browser and by matplotlib alike.

A scene names its panels, and in each panel its marks; a mark names the values that it draws. Sentences are templates:
`{means:2}` is a value with two decimals, and `{"each": name, "text": ...}` repeats a template for each part.
"""

import importlib


def scene(name: str) -> dict:
    """The scene of one exploration.

    Parameters
    ----------
    name : str
        One of `gmmlearn.explore.models.NAMES`.

    Returns
    -------
    dict
        `title`, `panels`, `controls`, `lines`, `table`, `alt`, `questions`, `signature` (parts of the state on which
        the shape of the values depends).

    Examples
    --------
    >>> scene("density")["title"]
    'Mixture density'
    """
    module = importlib.import_module(f"{__name__}.{name}")
    return {"name": name, "signature": [], **module.SCENE}
