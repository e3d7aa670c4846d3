/** How clips are to be looked at. What was chosen stays chosen while the page is open. */

import { checkField, choiceField, profileField } from "../fields.js";
import { h } from "../page.js";
import { t } from "../words.js";

const TURNS = [90, 180, 270];
const SIDES = /** @type {const} */ (["left", "right"]);

/** @typedef {import("../fields.js").Row} Row */

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
      choiceField("video_pose", t("video_stretch"), [["auto", t("video_recognise")], ...stretches.map(({ name, title }) => /** @type {Row} */ ([name, title]))], chosen.pose, (pose) => choose({ pose })),
      choiceField("video_side", t("video_side"), [["auto", t("video_recognise")], ...SIDES.map((side) => /** @type {Row} */ ([side, t(`video_side_${side}`)]))], chosen.side, (side) => choose({ side })),
      profileField("video_profile", profiles, chosen.profile, (profile) => choose({ profile })),
    ),
    h(
      "details",
      {},
      h("summary", {}, t("video_more")),
      choiceField("video_rotate", t("video_turn"), [["0", t("video_turn_not")], ...TURNS.map((by) => /** @type {Row} */ ([`${by}`, t("video_turn_by", { degrees: by })]))], `${chosen.rotate}`, (by) => choose({ rotate: Number(by) })),
      checkField("video_mirror", t("video_mirrored"), chosen.mirror, (mirror) => choose({ mirror })),
    ),
  );
}

/** @param {Partial<import("./server.js").Options>} more */
function choose(more) {
  chosen = { ...chosen, ...more };
}
