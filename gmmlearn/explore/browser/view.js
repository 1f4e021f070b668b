// The one view of all explorations: draws when the session has changed, and renews the words at their own pace.
import { say, watchKeys } from "./dom.js";
import { Glide } from "./glide.js";
import { followLinks } from "./links.js";
import { parts } from "./parts.js";
import { Picture } from "./picture.js";
import { Session } from "./session.js";
import { replaceStill } from "./still.js";
import { compose } from "./text.js";
import { dress, themeNow, watchPixels, watchTheme } from "./theme.js";
import { Words } from "./words.js";

class View {
  /**
   * @param {import("./types.js").Exploration} exploration
   * @param {import("./types.js").HostModel} model
   * @param {HTMLElement} el
   */
  constructor(exploration, model, el) {
    this.exploration = exploration;
    this.model = model;
    this.el = el;
    /** Whether a picture is asked for, whether it differs from the last one, and whether anybody sees it. */
    this.asked = false;
    this.stale = true;
    this.inSight = true;
    this.ended = false;
    /** @type {string[] | null} What was read aloud last. */
    this.aloud = null;
    this.session = new Session(exploration, model, (pictureToo) => {
      if (pictureToo) this.stale = true;
      this.ask();
    });
    this.spec = this.session.spec;
    this.glide = new Glide(this.spec);
    this.words = new Words((scope) => this.tell(scope), (scope) => this.describe(scope));
    this.picture = new Picture(this.spec);
    this.parts = parts(this.session, this.picture, () => this.words.hurry());
    el.append(this.parts.root);
    this.restoreStill = () => {};
    this.watches = [...this.pointing(), ...this.watching()];
    this.ask();
  }

  /** Listens to what a mouse or finger does in the picture. @returns {(() => void)[]} What ends that. */
  pointing() {
    const { exploration, session, picture, parts: { mover } } = this;
    const { canvas } = picture;
    canvas.addEventListener("click", (event) => {
      const at = picture.place(event);
      if (!at || mover.clicked(...at)) return;
      const lit = exploration.pointedAt?.(...at, session.scope);
      if (lit) session.pin(lit);
      session.click(...at);
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = !event.buttons && picture.place(event);
      if (at) session.hover(...at);
      if (at && exploration.pointedAt) session.point(exploration.pointedAt(...at, session.scope));
    });
    canvas.addEventListener("pointerleave", () => session.point(null));
    return [watchKeys(this.parts.root), followLinks(this.parts.root, (steps) => session.follow(steps))];
  }

  /** Watches what the picture depends on besides its state. @returns {(() => void)[]} What ends that. */
  watching() {
    const repaint = () => {
      this.stale = true;
      this.ask();
    };
    const resized = new ResizeObserver(repaint);
    resized.observe(this.el);
    // What plays out of sight waits there: nobody sees it, and every frame takes time from those in sight.
    const sight = new IntersectionObserver((entries) => {
      this.inSight = entries[entries.length - 1].isIntersecting;
      if (this.inSight) this.ask();
    });
    sight.observe(this.parts.root);
    return [watchTheme(repaint), watchPixels(repaint), () => resized.disconnect(), () => sight.disconnect()];
  }

  ask() {
    if (!this.asked && !this.ended) requestAnimationFrame((now) => this.draw(now));
    this.asked = true;
  }

  /** @param {number} now */
  draw(now) {
    this.asked = false;
    if (this.ended) return;
    try {
      this.picturise(now);
    } catch (error) {
      // A fault of ours: say so where the reader looks, and in full in the console.
      const { message } = /** @type {Error} */ (error);
      say(this.parts.note, `This state cannot be drawn: ${message}. Reset brings the picture back.`);
      console.error(error);
    }
  }

  /** @param {number} now */
  picturise(now) {
    const { exploration, session, picture, parts: { root, handles, mover, rule, read } } = this;
    const room = this.el.clientWidth || root.clientWidth;
    picture.fit(root, room, now);
    if (!picture.width) return;
    const theme = themeNow(picture.width, this.el);
    if (this.stale) dress(root, theme);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (session.state.playing && room) session.advance(now, calm);
    const { state, given, scope } = session;
    const { scope: drawn, moving } = this.glide.at(session, now, calm);
    if (this.stale || moving) {
      picture.draw(drawn, theme);
      // Once more when it has arrived.
      this.stale = moving;
    }
    const grips = exploration.handles(state, drawn);
    handles.update(grips, picture.frames);
    mover.update(grips, picture.frames);
    rule.update(scope);
    read.light(scope);
    this.words.follow(scope, now);
    if (!root.painted) this.begin();
    root.painted = { state, given, late: session.late, at: performance.now() };
    // Hidden behind another tab it rests; the observer of its size wakes it.
    if ((state.playing || moving) && room && this.inSight) this.ask();
  }

  /** After the first picture. */
  begin() {
    const still = this.model.get("still");
    if (still) this.restoreStill = replaceStill(this.el, still);
    this.parts.guide.start();
  }

  /** @param {any} scope */
  tell(scope) {
    const { controls, source, read, asker, python, handles, note } = this.parts;
    controls.update(scope);
    source.update(this.model.get("source"));
    read.update(scope);
    asker.update(scope);
    python.update();
    handles.describe();
    say(note, this.session.note);
  }

  /** @param {any} scope */
  describe(scope) {
    this.picture.canvas.setAttribute("aria-label", compose(this.spec.alt, scope));
    // Aloud only what has changed, and nothing when the page opens.
    const before = this.aloud;
    /** @type {string[]} */
    const told = this.spec.told.map((/** @type {string} */ part) => compose(part, scope));
    if (before) say(this.parts.live, told.filter((one, i) => one !== before[i]).join(" ").trim());
    this.aloud = told;
  }

  end() {
    this.ended = true;
    this.session.end();
    this.watches.forEach((end) => end());
    this.words.end();
    this.parts.root.remove();
    this.restoreStill();
  }
}

/**
 * @param {import("./types.js").Exploration} exploration
 * @param {import("./types.js").HostModel} model
 * @param {HTMLElement} el
 * @returns {() => void} What ends the view.
 */
export function show(exploration, model, el) {
  const view = new View(exploration, model, el);
  return () => view.end();
}
