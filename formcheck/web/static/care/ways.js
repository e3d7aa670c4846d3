/** The ways between the parts of psoas care. */

import { link } from "../views.js";
import { t } from "../words.js";

/** @param {string} [kind] */
export function toCare(kind = "plain") {
  return link("#/care", t("back_to_care"), `button ${kind}`);
}

/** @param {string | null} profile */
export function programmeAddress(profile) {
  return `#/programme?${new URLSearchParams({ profile: profile ?? "" })}`;
}

/** @param {string} plan @param {string | null} profile */
export function checkAddress(plan, profile) {
  return `#/check?${new URLSearchParams({ plan, profile: profile ?? "" })}`;
}
