"""Short ways to write the controls of a scene."""


def button(label: str, action: str, **more) -> dict:
    """A button that asks the exploration for an action."""
    return {"kind": "button", "label": label, "action": action, **more}


def slider(label: str, key: str, step: float = 1, **more) -> dict:
    """A slider for one number of the state; `values` gives its notches where they are not evenly spaced.

    Its ends are the limits of that part, which the model says.
    """
    return {"kind": "slider", "label": label, "key": key, "step": step, **more}


def select(label: str, key: str, *options: tuple, **more) -> dict:
    """A choice for one part of the state; an option is its value and what the reader sees."""
    return {"kind": "select", "label": label, "key": key, "options": [list(option) for option in options], **more}


def check(label: str, key: str, **more) -> dict:
    """A box to tick."""
    return {"kind": "check", "label": label, "key": key, **more}


SAMPLE_BUTTONS = (
    button("Previous sample", "sample_previous", when="editing"),
    button("Next sample", "sample_next", when="editing"),
    button("Delete the sample", "sample_remove", when="editing"),
    button("Put the samples back", "samples_back", when="editing"),
)
"""What goes with a box to tick that lets samples be edited."""
