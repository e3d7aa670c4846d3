/** Who it is: the profiles there are, one more, and one less. */

import { addressOf } from "../choosing/choice.js";
import { ask } from "../dialog.js";
import { profileField } from "../fields.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { link } from "../views.js";
import { t } from "../words.js";

/**
 * @param {import("../server/messages.js").Settings} settings
 * @param {(asked: Promise<unknown>, focused: string) => void} then Shows what is there after that.
 */
export function personPart({ profile, profiles }, then) {
  const names = profiles.map(({ name }) => name);
  return h(
    "div",
    {},
    profileField("person", names, profile, (chosen) => then(api.choose({ profile: chosen }), "person")),
    profiles.length > 0 && h("p", { class: "hint" }, t("person_remembered")),
    h("ul", { class: "people" }, ...profiles.map((one) => personRow(one, then))),
    newPerson(),
    h("p", { class: "hint" }, t("calibrate_what")),
  );
}

/**
 * @param {import("../server/messages.js").ProfileRow} row
 * @param {(asked: Promise<unknown>, focused: string) => void} then
 */
function personRow({ name, taken, trouble }, then) {
  const remove = async () => {
    const question = t("delete_profile_question", { profile: name });
    if (await ask(question, [t("not_undone")], t("delete"), () => api.deleteProfile(name))) then(Promise.resolve(), "new_profile");
  };
  const ways = h(
    "p",
    { class: "ways" },
    link(calibrationOf(name), t("calibrate_again"), "button"),
    button(t("delete"), () => void remove(), { "aria-label": t("delete_profile", { profile: name }) }),
  );
  const date = taken && new Date(taken).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  return h("li", {}, h("strong", {}, name), date && h("span", {}, t("profile_taken", { date })), trouble && h("p", { class: "trouble" }, trouble), ways);
}

function newPerson() {
  const input = h("input", { id: "new_profile", name: "name", required: true, pattern: "[a-z0-9][a-z0-9_\\-]{0,40}", title: t("new_profile_name"), autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const calibrate = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    location.hash = calibrationOf(input.value);
  };
  return h(
    "form",
    { onsubmit: calibrate },
    h("h3", {}, t("new_profile")),
    h("p", { class: "field" }, h("label", { for: "new_profile" }, t("new_profile_name")), input, h("button", { type: "submit" }, t("calibrate"))),
  );
}

/** @param {string} profile */
function calibrationOf(profile) {
  return addressOf("camera", { plan: "", side: "auto", profile, muted: false, calibrate: true });
}
