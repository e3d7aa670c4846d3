/** How clips are to be looked at. What was chosen stays chosen while the page is open. */

import { h } from "../page.js";
import { t } from "../words.js";

const TURNS = [90, 180, 270];
const SIDES = /** @type {const} */ (["left", "right"]);

/** @type {import("./server.js").Options} */
let chosen = { pose: "auto", side: "auto", profile: null, rotate: 0, mirror: false };

export const chosenOptions = () => chosen;

/**
 * @param {import("./server.js").Choices} choices
 * @param {string[]} profiles
 */
export function optionsForm({ stretches }, profiles) {
  if (!profiles.includes(chosen.profile ?? "")) chosen = { ...chosen, profile: null };
  return h(
    "details",
    { class: "options" },
    h("summary", {}, t("video_options")),
    h(
      "div",
      { class: "fields" },
      field("pose", t("video_stretch"), [["auto", t("video_recognise")], ...stretches.map(({ name, title }) => pair(name, title))]),
      field("side", t("video_side"), [["auto", t("video_recognise")], ...SIDES.map((side) => pair(side, t(`video_side_${side}`)))]),
      profiles.length > 0 && field("profile", t("profile"), [["", t("no_profile")], ...profiles.map((name) => pair(name, name))]),
    ),
    h(
      "details",
      {},
      h("summary", {}, t("video_more")),
      field("rotate", t("video_turn"), [["0", t("video_turn_not")], ...TURNS.map((by) => pair(`${by}`, t("video_turn_by", { degrees: by })))]),
      h(
        "p",
        { class: "check" },
        h("input", { type: "checkbox", id: "video_mirror", checked: chosen.mirror, onchange: ({ target }) => (chosen = { ...chosen, mirror: target.checked }) }),
        h("label", { for: "video_mirror" }, t("video_mirrored")),
      ),
    ),
  );
}

/** @param {string} value @param {string} text @returns {[string, string]} */
const pair = (value, text) => [value, text];

/**
 * @param {"pose" | "side" | "profile" | "rotate"} name
 * @param {string} label
 * @param {[string, string][]} values
 */
function field(name, label, values) {
  const id = `video_${name}`;
  const now = `${chosen[name] ?? ""}`;
  /** @param {string} value */
  const choose = (value) => (chosen = { ...chosen, [name]: name === "rotate" ? Number(value) : value || null });
  return h(
    "p",
    { class: "field" },
    h("label", { for: id }, label),
    h("select", { id, onchange: ({ target }) => choose(target.value) }, ...values.map(([value, text]) => h("option", { value, selected: value === now }, text))),
  );
}
