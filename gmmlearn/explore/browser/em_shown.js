// What is shown and said of a run of EM at a half step.

const TOLERANCE = 1e-3;

// What is shown of a run at a half step, of those up to `last`.
export function shownOf(frames, step, last) {
  const halves = Math.min(last, 2 * frames.length - (frames.at(-1).collapsed < 0 ? 1 : 2));
  const at = Math.min(step, halves);
  const t = Math.floor(at / 2);
  const steps = Array.from({ length: halves + 1 }, (_, s) => s).filter((s) => frames[Math.floor(s / 2)].collapsed < 0);
  const gained = frames.findIndex((frame, i) => i > 0 && frame.logLikelihood - frames[i - 1].logLikelihood < TOLERANCE);
  const { weights, means, covariances } = frames[t];
  // Right after an M-step: where the components were before it.
  const before = t && at % 2 === 0 ? frames[t - 1] : { means: [], covariances: [] };
  return {
    weights, means, covariances,
    responsibilities: at % 2 ? frames[t].responsibilities : (frames[t - 1]?.responsibilities ?? null),
    log_likelihood: frames[t].logLikelihood ?? NaN,
    bound: at % 2 ? frames[t].logLikelihood : (frames[t].bound ?? NaN),
    trace_steps: steps.map((s) => s / 2),
    trace: steps.map((s) => frames[Math.floor(s / 2)].logLikelihood),
    bounds: steps.map((s) => (s % 2 ? frames[(s - 1) / 2].logLikelihood : (frames[s / 2].bound ?? NaN))),
    converged_at: gained,
    collapsed: frames[t].collapsed,
    means_before: before.means,
    covariances_before: before.covariances,
    trail: Float64Array.from(frames.slice(0, t + 1).flatMap((frame) => frame.means.flat())),
  };
}

/** The same in a few words, for those who hear it. @param {number} step @param {number} collapsed @param {boolean} converged */
export function shortOf(step, collapsed, converged) {
  if (collapsed >= 0) return `Component ${collapsed} has collapsed.`;
  const t = Math.ceil(step / 2);
  return `${step ? `${step % 2 ? "E" : "M"}-step ${t} done.` : "Start."}${converged ? " Converged." : ""}`;
}

export function phaseOf(step, t, collapsed, kindergarten) {
  if (collapsed >= 0)
    return `Component ${collapsed} has collapsed: its ellipse has lost its width, its density there has no limit, `
      + "and EM stops. A larger reg_covar prevents it.";
  if (kindergarten)
    return step === 0 ? "The teachers have come in. Next (E-step) they agree who looks after whom."
      : step % 2 ? `Round ${t + 1}, E-step: every child is shared out, wholly to one teacher or in parts to several.`
      : `Round ${t}, M-step: each teacher has moved amid the children in her care and watches a fitting area.`;
  return step === 0 ? "Start: no responsibilities yet. The E-step comes next."
    : step % 2 ? `Iteration ${t + 1}: the E-step has shared out every point. The M-step comes next.`
    : `Iteration ${t}: the M-step has moved the components. The E-step comes next.`;
}

/** @param {any} state @param {number} convergedAt @param {number} t @param {number[]} scale */
export function endOf({ reg_covar }, convergedAt, t, scale) {
  if (reg_covar > Math.min(...scale))
    return "reg_covar is larger than the variance of these samples, so it decides the fit: choose a smaller one.";
  return convergedAt > 0 && t >= convergedAt
    ? `Iteration ${convergedAt} gained less than ${TOLERANCE}: EM calls this converged.` : "";
}
