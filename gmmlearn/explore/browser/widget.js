// The door of the notebook: anywidget calls `render` with the model of a widget and the element to fill.
import { counting } from "./counting.js";
import { covariance } from "./covariance.js";
import { density } from "./density.js";
import { em } from "./em.js";
import { em_by_hand } from "./em_by_hand.js";
import { em_failures } from "./em_failures.js";
import { kmeans } from "./kmeans.js";
import { landscape } from "./landscape.js";
import { n_components } from "./n_components.js";
import { responsibilities } from "./responsibilities.js";
import { sampling } from "./sampling.js";
import { show } from "./view.js";

/** @type {Record<string, import("./types.js").Exploration>} */
export const EXPLORATIONS = {
  density, covariance, sampling, landscape, responsibilities, em, kmeans, n_components, counting, em_by_hand,
  em_failures,
};

export function render({ model, el }) {
  return show(EXPLORATIONS[model.get("spec").name], model, el);
}
