// Who computes, and what is said while a kernel is silent: a session with a clock that the test moves.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { BY_BROWSER, LATE, LATE_MS, Session } from "../../../gmmlearn/explore/browser/session.js";

const EXPLORATION = {
  compute: ({ x }) => ({ y: 2 * x }),
  derive: () => ({}),
  handles: ({ x }) => [{ id: "x", label: "x", panel: "a", component: 0, x, y: 0 }],
  move: (state, id, x) => ({ ...state, x }),
  tick: (state, seconds) => ({ ...state, x: state.x + seconds }),
};

function opened(source) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const handlers = {};
  const parts = { spec: { signature: [], limits: {}, sources: [["browser", "b"], ["library", "l"]] }, data: {},
    initial: { x: 1 }, state: { x: 1 }, given: {}, source, note: "By Python.", request: 0 };
  const saved = [];
  const model = {
    get: (name) => parts[name],
    set: (name, value) => { parts[name] = value; },
    save_changes: () => saved.push(structuredClone(parts)),
    on: (event, handler) => { handlers[event] = handler; },
    off: (event) => { delete handlers[event]; },
  };
  let changes = 0;
  const session = new Session(EXPLORATION, model, () => { changes += 1; });
  const answer = (request, y) => {
    parts.given = { request, state: {}, values: { y } };
    handlers["change:given"]();
  };
  return { session, parts, saved, handlers, answer, changes: () => changes };
}

test("a kernel that answers is believed, one that is silent is told within a second", () => {
  const { session, answer } = opened("library");
  session.move("x", 3, 0);
  answer(1, 100);
  assert.deepEqual([session.scope.y, session.note], [100, "By Python."]);
  session.move("x", 4, 0);
  mock.timers.tick(LATE_MS - 1);
  assert.equal(session.note, "By Python.");
  mock.timers.tick(1);
  assert.ok(LATE_MS < 1000);
  assert.deepEqual([session.scope.y, session.note], [8, LATE]);
});

test("an answer that comes late is taken after all", () => {
  const { session, answer } = opened("library");
  session.move("x", 3, 0);
  mock.timers.tick(5000);
  assert.equal(session.note, LATE);
  answer(1, 100);
  assert.deepEqual([session.scope.y, session.note], [100, "By Python."]);
});

test("an answer to an older request is not one to the newest, but shows that the kernel lives", () => {
  const { session, answer } = opened("library");
  session.move("x", 3, 0);
  session.move("x", 4, 0);
  mock.timers.tick(LATE_MS - 100);
  answer(1, 100);
  mock.timers.tick(LATE_MS - 100);
  assert.equal(session.late, false);
  mock.timers.tick(100);
  assert.equal(session.late, true);
});

test("the browser can be chosen while the kernel is silent, and Python again when it answers", () => {
  const { session, answer, saved } = opened("library");
  session.move("x", 3, 0);
  mock.timers.tick(LATE_MS);
  session.choose("browser");
  assert.deepEqual([session.scope.y, session.note], [6, BY_BROWSER]);
  mock.timers.tick(5000);
  assert.equal(session.late, false);
  session.choose("library");
  assert.equal(saved.at(-1).source, "library");
  mock.timers.tick(LATE_MS);
  assert.equal(session.note, LATE);
  answer(session.requested, 100);
  assert.deepEqual([session.scope.y, session.note], [100, "By Python."]);
});

test("what was grabbed is put back, and a state of the kernel does not pull it out of the hand", () => {
  const { session, parts, handlers } = opened("browser");
  session.grab();
  session.move("x", 3, 0);
  parts.state = { x: 9 };
  handlers["change:state"]();
  assert.equal(session.state.x, 3);
  parts.state = { x: 1 };
  handlers["change:state"]();
  session.cancel();
  assert.equal(session.state.x, 1);
});

test("after a drag in which a cell has set the state, view and kernel have the same one", () => {
  const ends = { dragged: ({ session }) => session.move("x", 3, 0), held: () => {},
    returned: ({ session }) => [3, 1].forEach((x) => session.move("x", x, 0)),
    cancelled: ({ session }) => session.move("x", 3, 0) };
  const expected = { dragged: 3, held: 9, returned: 1, cancelled: 9 };
  for (const [name, act] of Object.entries(ends)) {
    const now = opened("browser");
    now.session.grab("x");
    act(now);
    now.parts.state = { x: 9 };
    now.handlers["change:state"]();
    if (name === "cancelled") now.session.cancel();
    else now.session.release();
    assert.deepEqual([now.session.state, now.parts.state], [{ x: expected[name] }, { x: expected[name] }], name);
  }
});

test("playing waits for the kernel that computes", () => {
  const { session, answer } = opened("library");
  session.advance(1000, false);
  session.advance(1050, false);
  const waiting = session.state.x;
  session.advance(1100, false);
  assert.equal(session.state.x, waiting);
  answer(session.requested, 100);
  session.advance(1150, false);
  assert.ok(session.state.x > waiting);
});

test("a session that has ended hears nothing and does nothing", () => {
  const { session, handlers, changes } = opened("library");
  session.move("x", 3, 0);
  session.end();
  const before = changes();
  mock.timers.tick(10000);
  assert.deepEqual([Object.keys(handlers), changes()], [[], before]);
});

test("undo takes back a drag as a whole, and a row of arrow keys", () => {
  const { session } = opened("browser");
  session.grab("x");
  session.move("x", 3, 0);
  session.move("x", 4, 0);
  session.release();
  session.move("x", 5, 0);
  session.move("x", 6, 0);
  assert.deepEqual([session.state.x, session.scope.undoable], [6, true]);
  session.act("undo");
  assert.equal(session.state.x, 4);
  session.act("undo");
  assert.deepEqual([session.state.x, session.scope.undoable], [1, false]);
  session.act("undo");
  assert.equal(session.state.x, 1);
});

test("what is pointed at goes, what was chosen stays until it is chosen again or all is reset", () => {
  const { session } = opened("browser");
  const lit = () => [session.scope.lit, session.scope.lit_part, session.scope.about];
  session.pin({ component: 2, part: "weight" });
  session.point({ component: 1, part: "share" });
  assert.deepEqual(lit(), [1, "share", 1]);
  session.point(null);
  assert.deepEqual(lit(), [2, "weight", 2]);
  session.act("reset");
  assert.deepEqual(lit(), [-1, "", 2]);
});

test("a link gives a state that can be undone, and one that cannot be is left alone", () => {
  const { session, parts } = opened("browser");
  parts.spec.controls = [];
  session.move("x", 3, 0);
  assert.deepEqual([session.follow({ x: "far" }), session.follow({ y: 1 }), session.state.x], [false, false, 3]);
  assert.deepEqual([session.follow({ x: 7 }), session.state.x], [true, 7]);
  session.act("undo");
  assert.equal(session.state.x, 3);
});

test("undo and links give a state no part that it does not have", () => {
  const { session, parts } = opened("browser");
  parts.spec.controls = [];
  session.move("x", 3, 0);
  session.act("undo");
  assert.deepEqual(session.state, { x: 1 });
  session.follow({ x: 7 });
  assert.deepEqual(session.state, { x: 7 });
});
