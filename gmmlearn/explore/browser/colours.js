// The colours of both themes, for the explorations and, by `gmmlearn/figures/style.py`, for every figure: between the
// first and the last brace this is JSON as well. The first six components have the palette of Okabe and Ito, lighter on
// a dark ground. On a light one its yellow and light blue are darker, since a line needs a contrast of 3 to 1, and so
// is its vermilion, to stay apart from that yellow for every eye. The last four are as far from these and from each
// other as colours can be, also to readers who do not see red, green or blue.
export const THEMES = {
  "light": {
    "ink": "#1a1a1a", "soft": "#6b6b6b", "grid": "#8a8a8a", "ground": "#ffffff", "focus": "#0b57d0",
    "components": [
      "#0072B2", "#B84900", "#009E73", "#CC79A7", "#B97F00", "#3B94D1", "#8800FF", "#220077", "#660044", "#DD0044"
    ]
  },
  "dark": {
    "ink": "#f0f0f0", "soft": "#a8a8a8", "grid": "#8a8a8a", "ground": "#141414", "focus": "#9cc9ff",
    "components": [
      "#4DA3DD", "#F0824A", "#2DBE97", "#DE9BC2", "#F0B840", "#86CBF2", "#9A3DFF", "#FFFFAA", "#E0265C", "#A8559A"
    ]
  }
};
