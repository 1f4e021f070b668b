// What the parts of an exploration are to each other: read by people and by the type checker, empty when it runs.

/** State of an exploration: plain numbers, texts, lists. @typedef {Record<string, any>} State */
/** Computed values by name. @typedef {Record<string, any>} Values */
/** What a view keeps between two pictures. @typedef {Record<string, any>} Memo */
/** Least and greatest value of each part of the state. @typedef {Record<string, any>} Limits */
/** The scene, from `gmmlearn/explore/scenes`. @typedef {Record<string, any>} Scene */

/**
 * What an exploration is given beside its state.
 * @typedef {object} Context
 * @property {Record<string, any>} data Arrays that stay the same.
 * @property {Memo} memo
 * @property {Limits} limits
 * @property {Values} values What is computed for the present state.
 */

/**
 * Something that can be dragged.
 * @typedef {object} Handle
 * @property {string} id
 * @property {string} label
 * @property {string} panel
 * @property {number} component Its colour and sign.
 * @property {number} x
 * @property {number} y
 * @property {string} [text] What a screen reader says of it.
 * @property {Record<string, string>} [keys] Key -> action.
 * @property {string} [press] Action of Enter.
 * @property {number[]} [notch] Step of an arrow key.
 * @property {boolean} [small]
 * @property {boolean} [bare]
 * @property {import("./light.js").Lit} [lit] What lights up while it is pointed at.
 */

/**
 * One exploration: pure functions from states to values and to new states.
 * @typedef {object} Exploration
 * @property {(state: State, data: any, memo: Memo) => Values} compute As the model of the same name in Python.
 * @property {(state: State, values: Values, data: any, memo: Memo) => Values} derive What only the picture needs.
 * @property {(state: State, scope: any) => Handle[]} handles
 * @property {(state: State, data: any) => boolean} [agrees] Whether parts that depend on each other go together.
 * @property {(state: State, id: string, x: number, y: number, context: Context) => State} [move]
 * @property {(state: State, panel: string, x: number, y: number, context: Context) => State} [click]
 * @property {(state: State, panel: string, x: number, y: number, context: Context) => State} [hover]
 * @property {(state: State, id: string, context: Context) => void} [grab] Called when a handle is taken.
 * @property {(state: State, action: string, context: Context) => State} [act]
 * @property {(state: State, key: string, value: any, context: Context) => State} [set]
 * @property {(state: State, seconds: number, context: Context) => State} [tick]
 * @property {(panel: string, x: number, y: number, scope: any) => import("./light.js").Lit | null} [pointedAt]
 */

/**
 * The model that a host gives: that of anywidget, or the one of the static page.
 * @typedef {object} HostModel
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(answer: any) => void} [send] To the kernel, where there is one.
 * @property {(event: string, handler: () => void) => void} on
 * @property {(event: string, handler: () => void) => void} off
 */

/**
 * A panel at its place in the picture.
 * @typedef {object} Frame
 * @property {any} panel
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {number[]} box
 * @property {(x: number) => number} px
 * @property {(y: number) => number} py
 * @property {(px: number) => number} x
 * @property {(py: number) => number} y
 */
export {};
