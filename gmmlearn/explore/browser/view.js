// The one view of all explorations: a canvas, its handles and its controls, drawn from state and values.
import { arrange, drawAxes, NARROW, visible } from "./axes.js";
import { questions, readout, toolbar } from "./controls.js";
import { element, say } from "./dom.js";
import { handleLayer } from "./handles.js";
import { MARKS } from "./marks.js";
import { compose } from "./text.js";
import { themeNow, watchTheme } from "./theme.js";

const WIDEST = 860;
// While something moves the kernel is told now and then, and at once when it comes to rest: every message costs
// JupyterLab tens of milliseconds. Numbers in words change at a pace at which they can be read.
const SYNC_MS = 300;
const WORDS_MS = 90;
const QUIET_MS = 350;

const decoded = (entries) => Object.fromEntries(Object.entries(entries).map(([name, value]) => {
  if (!ArrayBuffer.isView(value)) return [name, value];
  return [name, new Float64Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength))];
}));

export function show(exploration, model, el) {
  const spec = model.get("spec");
  const data = decoded(model.get("data"));
  const memo = {};
  let state = model.get("state");
  let sent = JSON.stringify(state);
  let given = null;
  let grabbed = false;
  let asked = false;
  let values = null;
  let stale = true;
  const timers = { sync: 0, words: 0, quiet: 0 };
  let lastTick = 0;
  let width = 0;

  const canvas = element("canvas", { role: "img", "aria-label": spec.title });
  const picture = element("div", { class: "gmmx-picture" }, canvas);
  const live = element("p", { class: "gmmx-hidden", "aria-live": "polite" });
  const note = element("p", { class: "gmmx-note", role: "status" });
  const apply = { set: change, act, steps };
  const [first, ...rest] = spec.controls;
  const reset = { kind: "button", action: "reset", label: "Reset" };
  const controls = toolbar([[...first, reset], ...rest], apply, spec.rows_shown);
  const read = readout(spec);
  const root = element("section", { class: "gmmx", "aria-label": spec.title, "data-lm-suppress-shortcuts": "true" },
    element("p", { class: "gmmx-intro" }, spec.intro), controls.node, picture, live, note, read.node,
    questions(spec.questions, apply));
  el.append(root);
  // JupyterLab must not take an arrow or a letter typed here for one of its own commands.
  root.addEventListener("keydown", (event) => event.key !== "Tab" && event.stopPropagation());

  function become(next) {
    if (!next || next === state) return;
    state = next;
    values = null;
    // Where the kernel computes, the picture waits for its answer, and only the handles run ahead.
    const ahead = grabbed && model.get("source") !== "browser" && given && fits(given.state);
    if (!ahead) stale = true;
    ask();
    if (model.get("source") !== "browser") sync();
    else timers.sync ||= setTimeout(sync, SYNC_MS);
  }
  function sync() {
    clearTimeout(timers.sync);
    timers.sync = 0;
    const text = JSON.stringify(state);
    if (text === sent) return;
    sent = text;
    model.set("state", JSON.parse(text));
    model.save_changes();
  }
  function compute() {
    if (values) return values;
    const computed = exploration.compute(state, data, memo);
    if (given && model.get("source") !== "browser" && fits(given.state)) Object.assign(computed, given.values);
    values = { ...computed, ...exploration.derive(state, computed, data, memo) };
    return values;
  }
  // What the kernel computed may lag behind a drag, but never belongs to a picture of another shape.
  const fits = (other) => spec.signature.every((key) => JSON.stringify(other[key]) === JSON.stringify(state[key]));

  function change(key, value) {
    become(exploration.set ? exploration.set(state, key, value, data, memo) : { ...state, [key]: value });
  }
  function act(action) {
    if (action === "play") {
      lastTick = 0;
      become({ ...state, playing: !state.playing });
    } else if (action === "reset") become(structuredClone(model.get("initial")));
    else become(exploration.act(state, action, data, memo, compute()));
    sync();
  }
  function steps(list) {
    for (const step of list) {
      Object.entries(step.set ?? {}).forEach(([key, value]) => change(key, value));
      if (step.act) act(step.act);
    }
    sync();
    picture.scrollIntoView({ block: "nearest" });
  }
  const handles = handleLayer(picture, {
    find: (id) => exploration.handles(state, { ...state, ...compute() }).find((handle) => handle.id === id),
    grab: () => { grabbed = true; },
    move: (id, x, y) => become(exploration.move(state, id, x, y, data, compute())),
    release: () => {
      grabbed = false;
      repaint();
      sync();
    },
    press: act,
  });

  function place(event) {
    const rect = canvas.getBoundingClientRect();
    const [left, top] = [event.clientX - rect.left, event.clientY - rect.top];
    const frame = Object.values(layout.frames).find((one) =>
      left >= one.left && left <= one.left + one.width && top >= one.top && top <= one.top + one.height);
    return frame && [frame.panel.id, frame.x(left), frame.y(top)];
  }
  canvas.addEventListener("click", (event) => {
    const at = place(event);
    if (at && exploration.click) become(exploration.click(state, ...at, data, memo));
    sync();
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = exploration.hover && !event.buttons && place(event);
    if (at) become(exploration.hover(state, ...at, data));
  });

  let layout = { frames: {}, height: 0 };
  function ask() {
    if (!asked) requestAnimationFrame(draw);
    asked = true;
  }
  function repaint() {
    stale = true;
    ask();
  }
  function draw(now) {
    asked = false;
    try {
      picturise(now);
    } catch (error) {
      // A cell may set a state that cannot be drawn: say so where the reader looks, and in full in the console.
      say(note, `This state cannot be drawn: ${error.message}. Reset brings the picture back.`);
      console.error(error);
    }
  }
  function picturise(now) {
    if (state.playing) advance(now);
    const scope = { ...state, ...compute() };
    // While JupyterLab changes its theme it hides everything: nothing has a width then, and the old one will do.
    width = Math.min(spec.widest ?? WIDEST, el.clientWidth || root.clientWidth) || width;
    if (!width) return;
    if (!root.painted && width >= NARROW) controls.unfold();
    if (stale) {
      const theme = themeNow(width);
      dress(root, theme);
      layout = arrange(spec, scope, width);
      paint(canvas, layout, width, spec, scope, theme);
      stale = false;
    }
    handles.update(exploration.handles(state, scope), layout.frames);
    words.scope = scope;
    if (now - words.at > WORDS_MS) tell();
    else timers.words ||= setTimeout(tell, WORDS_MS);
    clearTimeout(timers.quiet);
    timers.quiet = setTimeout(() => describe(scope), QUIET_MS);
    root.painted = { state, given, at: performance.now() };
    if (state.playing) ask();
  }
  const words = { at: 0, scope: null };
  function tell() {
    clearTimeout(timers.words);
    timers.words = 0;
    words.at = performance.now();
    controls.update(words.scope);
    read.update(words.scope);
    handles.describe();
    say(note, model.get("note"));
  }
  function advance(now) {
    const seconds = lastTick ? Math.min(0.1, (now - lastTick) / 1000) : 0;
    lastTick = now;
    // Reduced motion: the same steps, but at most two pictures a second.
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (calm && now - (memo.calm ?? 0) < 500) return;
    memo.calm = now;
    become(exploration.tick(state, compute(), calm ? 0.5 : seconds, memo));
  }
  function describe(scope) {
    const text = compose(spec.alt, scope);
    canvas.setAttribute("aria-label", text);
    say(live, text);
  }

  const onState = () => {
    const text = JSON.stringify(model.get("state"));
    if (grabbed || text === sent) return;
    sent = text;
    state = JSON.parse(text);
    values = null;
    repaint();
  };
  const onGiven = () => {
    const fresh = model.get("given");
    given = fresh.state ? { state: fresh.state, values: decoded(fresh.values) } : null;
    values = null;
    repaint();
  };
  const watched = { "change:state": onState, "change:given": onGiven, "change:source": onGiven, "change:note": repaint };
  for (const [name, handler] of Object.entries(watched)) model.on(name, handler);
  onGiven();
  const unwatch = watchTheme(repaint);
  const resized = new ResizeObserver(repaint);
  resized.observe(el);
  return () => {
    for (const [name, handler] of Object.entries(watched)) model.off(name, handler);
    unwatch();
    resized.disconnect();
    Object.values(timers).forEach(clearTimeout);
    root.remove();
  };
}

function dress(root, theme) {
  if (root.dataset.theme === theme.name) return;
  root.dataset.theme = theme.name;
  theme.components.forEach((colour, k) => root.style.setProperty(`--gmmx-c${k}`, colour));
  for (const name of ["ink", "soft", "grid", "ground"]) root.style.setProperty(`--gmmx-${name}`, theme[name]);
}

export function paint(canvas, { frames, height }, width, spec, scope, theme) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    Object.assign(canvas, { width: w, height: h });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.fillStyle = theme.ground;
  g.fillRect(0, 0, width, height);
  for (const frame of Object.values(frames)) {
    g.save();
    g.beginPath();
    g.rect(frame.left, frame.top, frame.width, frame.height);
    g.clip();
    for (const mark of frame.panel.marks)
      if (visible(mark, scope) && !(mark.unless && scope[mark.unless])) MARKS[mark.mark](g, frame, mark, scope, theme);
    g.restore();
    drawAxes(g, frame, theme);
  }
}
