/** What the pages before a session are made of. */

import { h } from "../page.js";
import { Trouble } from "../server/api.js";
import { t } from "../words.js";

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

/**
 * What is shown. `arrive` is called once it stands in the page, and gives the focus to what it should have; without it the
 * heading has it.
 *
 * @typedef {{title: string, element: HTMLElement, leave?: () => void, arrive?: () => void}} View
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

/** @param {string} text */
export function heading(text) {
  return h("h1", { tabindex: -1 }, text);
}

/** What went wrong, in the sentences of the server. @param {unknown} error */
export function troubleNote(error) {
  const sentences = error instanceof Trouble ? error.sentences : [t("went_wrong")];
  if (!(error instanceof Trouble)) console.error(error);
  return h("div", { class: "trouble", role: "alert" }, ...sentences.map((sentence) => h("p", {}, sentence)));
}

/** @param {string} address @param {string} text @param {string} [kind] */
export function link(address, text, kind) {
  return h("a", { href: address, class: kind }, text);
}
