"""`reset` and `submit` as calls in a notebook, for where there is no terminal: in a browser tab."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_DOWNLOAD = """
function render({ model, el }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([model.get("content")], { type: "application/zip" }));
  link.download = model.get("name");
  link.textContent = `Download ${link.download}`;
  link.style.cssText = "color: var(--jp-content-link-color, #005a8e); text-decoration: underline";
  el.append(link);
  return () => URL.revokeObjectURL(link.href);
}
export default { render };
"""


def reset(exercise: "str | Callable[..., Any]") -> None:
    """Put the stub of an exercise back; the file as it was is kept in `.gmmlearn`.

    Parameters
    ----------
    exercise : str or callable
        As for `check`: `"responsibilities"`, or `"4.1"`.
    """
    from .checks.checking import exercise_named
    from .terminal import kit as kits

    one = exercise_named(exercise)
    copy = kits.reset(one, kits.find(Path.cwd()))
    kept = f" The file as it was is in {copy}." if copy else " There was no file, so all of it was restored."
    print(f"{one.name} in {one.file} is a stub again.{kept}")


def submit(name: str | None = None) -> None:
    """Make the zip that is handed in, say what is unfinished, and offer it for download.

    It holds the files as they were saved last: save notebooks and modules before (Ctrl+S, on a Mac Cmd+S).

    Parameters
    ----------
    name : str, optional
        Of the zip, as your teacher knows you; by default that of your account, where there is one.
    """
    from .terminal import hand_in
    from .terminal import kit as kits

    kit = kits.find(Path.cwd())
    name = name or hand_in.name_of_account()
    made = hand_in.make(kit, name)
    reports = hand_in.unfinished(kit)
    if reports:
        n = len(reports)
        print(f"{n} exercise{' does' if n == 1 else 's do'} not pass the public checks:")
        print("\n".join(f"  {str(report).splitlines()[0]}" for report in reports))
    if made.missing:
        print(f"Without the notebooks {', '.join(made.missing)}, which are not in {kit.root.resolve()}.")
    print(f"{made.path.name} is ready to be handed in, with the files as they were saved last.")
    offer(made.path)


def offer(path: Path) -> None:
    """Show a link that downloads a file. The notebook does not keep the content, as it would in an output."""
    import traitlets
    from anywidget import AnyWidget
    from IPython.display import display

    class Download(AnyWidget):
        _esm = _DOWNLOAD
        name = traitlets.Unicode(path.name).tag(sync=True)
        content = traitlets.Bytes(path.read_bytes()).tag(sync=True)

    display(Download())
