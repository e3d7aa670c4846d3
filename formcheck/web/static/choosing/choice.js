/** What was chosen on the way to a session, and how it stands in the address. */

/**
 * What was chosen on the way to a session; it stands in the address, so that a page that is loaded anew goes on where it was.
 *
 * @typedef {object} Choice
 * @property {string} plan
 * @property {"auto" | "left" | "right"} side
 * @property {string | null} profile
 * @property {boolean} muted
 * @property {string} [from] The page that it was chosen on, if that is not the one of the plan.
 * @property {boolean} [film] Whether it is filmed.
 * @property {boolean} [calibrate] Whether it is a calibration, of `profile`, instead of a plan.
 */

/** @param {string} step @param {Choice} choice */
export function addressOf(step, { plan, side, profile, muted, from = "plan", film, calibrate }) {
  const flags = Object.entries({ muted, film, calibrate }).filter(([, set]) => set);
  return `#/${step}?${new URLSearchParams([["plan", plan], ["side", side], ["profile", profile ?? ""], ["from", from], ...flags.map(([name]) => [name, "yes"])])}`;
}

/** @param {URLSearchParams} values @returns {Choice} */
export function choiceOf(values) {
  const side = values.get("side");
  return {
    plan: values.get("plan") ?? "",
    side: side === "left" || side === "right" ? side : "auto",
    profile: values.get("profile") || null,
    muted: values.get("muted") === "yes",
    from: values.get("from") || "plan",
    film: values.get("film") === "yes",
    calibrate: values.get("calibrate") === "yes",
  };
}
