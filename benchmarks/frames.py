"""Frames a second and latencies while a handle is dragged in JupyterLab: `python -m benchmarks.frames`.

The drag is driven inside the page (125 events a second for three seconds), since a mouse driven from outside gives no
more than 20 to 45 events. A loop over animation frames logs what the last paint showed. Latency is from an event to
the first frame that shows it or a later one; settling is from the release to the last frame that changed. Work is what
the page computes and draws for one frame, moves included: at 60 frames a second there is room for 16 ms, and other
programs on the machine change it less than the rest.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from gmmlearn.contract import CHAPTERS
from gmmlearn.explore.models import model
from gmmlearn.explore.panels import Panel
from tests.explore.conftest import FLAGS, chromium_path
from tests.explore.lab import end_kernel, jupyter_lab, run_notebook, write_notebook

ROOT = Path(__file__).parents[1]
CASES = {
    "density": ("explore.density()", "peak 0", "browser"),
    "covariance": ("explore.covariance()", "axis 0", "browser"),
    "sampling": ("explore.sampling(); p.step = 800", "mean 0", "browser"),
    "landscape": ("explore.landscape()", "point", "browser"),
    "responsibilities": ("explore.responsibilities()", "mean 0", "browser"),
    "em, 500 points": ("explore.em()", "mean 0", "browser"),
    "em, 5000 points": ("explore.em(); p.n_samples = 5000", "mean 0", "browser"),
    "em, 50000 points": (
        "explore.em(__import__('numpy').random.default_rng(0).normal(size=(50_000, 2)) * [3, 1])",
        "mean 0",
        "browser",
    ),
    "em, 500 points, soft regions": ("explore.em(); p.put(regions=True, watched=0)", "mean 0", "browser"),
    "em, 500 points, a sample": ("explore.em(); p.put(editing=True, picked=0); p.step = 9", "sample", "browser"),
    "em, 500 points, K 10": ("explore.em(n_components=10)", "mean 0", "browser"),
    "em, 500 points, K 10, soft": ("explore.em(n_components=10); p.regions = True", "mean 0", "browser"),
    "n_components, a sample": ("explore.n_components(); p.put(editing=True, picked=0)", "sample", "browser"),
    "counting": ("explore.counting()", "point", "browser"),
    "em, 5000 points, kernel": ("explore.em(); p.n_samples = 5000", "mean 0", "library"),
    "em, 5000 points, own code": (
        "__import__('benchmarks.frames', fromlist=['own_em']).own_em(); p.n_samples = 5000",
        "mean 0",
        "own",
    ),
    "em, 500 points, kernel": ("explore.em()", "mean 0", "library"),
    "responsibilities, kernel": ("explore.responsibilities()", "mean 0", "library"),
}

DRAG = """async ([id, fromKernel]) => {
  const root = document.querySelector('.gmmx');
  const handle = root.querySelector(`[data-handle="${id}"]`);
  const box = handle.getBoundingClientRect();
  const [x0, y0] = [box.x + box.width / 2, box.y + box.height / 2];
  const fire = (type, x, y) => handle.dispatchEvent(
    new PointerEvent(type, {clientX: x, clientY: y, pointerId: 1, bubbles: true, buttons: 1}));
  const events = [], frames = [];
  const shown = () => {
    const painted = root.painted;
    const values = painted.given?.values;
    const kernels = values && [values.means, Array.from(values.responsibilities ?? [])];
    return JSON.stringify(fromKernel ? kernels : painted.state);
  };
  let due = [x0, y0];
  let going = true, last = shown(), work = 0;
  const frame = window.requestAnimationFrame.bind(window);
  const timed = (call) => { const began = performance.now(); call(); work += performance.now() - began; };
  window.requestAnimationFrame = (call) => frame((now) => timed(() => call(now)));
  const watch = () => {
    const now = shown();
    if (now !== last) { frames.push({at: performance.now(), text: last = now, work}); work = 0; }
    if (going) frame(watch);
  };
  frame(watch);
  fire('pointerdown', x0, y0);
  const began = performance.now();
  await new Promise((done) => {
    const timer = setInterval(() => {
      const t = (performance.now() - began) / 1000;
      if (t > 3) { clearInterval(timer); return done(); }
      due = [x0 + 60 * Math.sin(4 * t), y0 - 25 * Math.sin(3 * t)];
      timed(() => fire('pointermove', ...due));
      events.push(performance.now());
    }, 8);
  });
  const released = performance.now();
  fire('pointerup', x0, y0);
  await new Promise((done) => setTimeout(done, 1500));
  going = false;
  window.requestAnimationFrame = frame;
  const end = handle.getBoundingClientRect();
  const missed = Math.hypot(end.x + end.width / 2 - due[0], end.y + end.height / 2 - due[1]);
  const drag = frames.filter((frame) => frame.at <= released);
  const seconds = (released - began) / 1000;
  const latencies = events.map((t) => frames.find((frame) => frame.at > t)?.at - t).filter(Number.isFinite);
  const works = drag.map((one) => one.work);
  return {fps: drag.length / seconds, works, events: events.length / seconds, latencies,
    settle: Math.max(0, (frames.at(-1)?.at ?? released) - released), right: missed < 2};
}"""


def own_em() -> Panel:
    """EM on the functions of somebody who has solved every exercise; called in the kernel."""
    folder = Path(tempfile.mkdtemp())
    for chapter in CHAPTERS:
        shutil.copy(ROOT / "solutions" / f"{chapter}.py", folder)
    module = model("em")
    data = module.data()
    return Panel("em", data, module.started(module.initial(), data), folder)


def measure(page, base: str, token: str, folder: Path, name: str) -> str:
    """One row of the table."""
    code, handle, source = CASES[name]
    write_notebook(folder / "bench.ipynb", f"from gmmlearn import explore\np = {code}\np.source = {source!r}\np")
    run_notebook(page, base, token, "bench.ipynb")
    page.wait_for_selector(f'[data-handle="{handle}"]')
    page.wait_for_timeout(1500)
    psutil.cpu_percent()
    got = page.evaluate(DRAG, [handle, source != "browser"])
    busy = psutil.cpu_percent()
    end_kernel(page)
    latencies = sorted(got["latencies"])
    middle = statistics.median(latencies)
    late = latencies[int(0.95 * len(latencies))]
    return (
        f"{name:29} {got['fps']:6.1f} {statistics.median(got['works']):8.1f} {middle:9.0f} {late:6.0f} "
        f"{got['settle']:9.0f} {got['right']!s:>6} "
        f"{got['events']:9.0f} {busy:6.0f}"
    )


def main() -> None:
    """Measure the named cases, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", help=f"some of: {'; '.join(CASES)}")
    parser.add_argument("--nodelay", action="store_true", help="with the extension gmmlearn.explore.server")
    parser.add_argument("--repeat", type=int, default=1)
    chosen = parser.parse_args()
    more = ["--ServerApp.jpserver_extensions={'gmmlearn.explore.server': True}"] if chosen.nodelay else []
    print(
        f"{'case':29} {'fps':>6} {'work ms':>8} {'median ms':>9} {'p95':>6} {'settle ms':>9} {'right':>6} "
        f"{'events/s':>9} {'CPU %':>6}"
    )
    os.environ["PYTHONPATH"] = str(ROOT)  # the kernel asks this module for one of the cases
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        with jupyter_lab(folder, *more) as (base, token):
            browser = driver.chromium.launch(executable_path=chromium_path(), headless=True, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            for case in chosen.cases or CASES:
                for _ in range(chosen.repeat):
                    print(measure(page, base, token, folder / "notebooks", case), flush=True)
            browser.close()


if __name__ == "__main__":
    main()
