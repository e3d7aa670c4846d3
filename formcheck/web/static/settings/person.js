/** Who it is: the profiles there are, one more, and one less. */

import { addressOf, link } from "../choosing/views.js";
import { button, h } from "../page.js";
import * as api from "../server/api.js";
import { t } from "../words.js";
import { choiceField } from "./fields.js";

/**
 * @param {import("../server/messages.js").Settings} settings
 * @param {(asked: Promise<unknown>, focused: string) => void} then Shows what is there after that.
 */
export function personPart({ profile, profiles }, then) {
  /** @type {[string, string][]} */
  const rows = [["", t("no_profile")], ...profiles.map(({ name }) => /** @type {[string, string]} */ ([name, name]))];
  const who = choiceField("person", t("profile"), rows, profile ?? "", (name) => then(api.choose({ profile: name || null }), "person"));
  return h(
    "div",
    {},
    profiles.length > 0 && who,
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
  const ways = h("p", { class: "ways" });
  const ask = () => {
    const yes = button(t("delete_profile_yes"), () => then(api.deleteProfile(name), "new_profile"), { class: "main" });
    const no = button(t("keep_profile"), () => {
      ways.replaceChildren(...plain());
      ways.querySelector("button")?.focus();
    });
    ways.replaceChildren(h("span", { role: "alert" }, t("delete_profile_question", { profile: name })), yes, no);
    no.focus();
  };
  const plain = () => [
    link(calibrationOf(name), t("calibrate_again"), "button"),
    button(t("delete"), ask, { "aria-label": t("delete_profile", { profile: name }) }),
  ];
  ways.append(...plain());
  const date = taken && new Date(taken).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  return h("li", {}, h("strong", {}, name), date && h("span", {}, t("profile_taken", { date })), trouble && h("p", { class: "trouble" }, trouble), ways);
}

function newPerson() {
  const input = h("input", { id: "new_profile", name: "name", required: true, pattern: "[a-z0-9][a-z0-9_\\-]{0,40}", title: t("new_profile_name"), autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
  const form = h(
    "form",
    { onsubmit: (event) => calibrate(event, input.value) },
    h("h3", {}, t("new_profile")),
    h("p", { class: "field" }, h("label", { for: "new_profile" }, t("new_profile_name")), input, h("button", { type: "submit" }, t("calibrate"))),
  );
  return form;
}

/** @param {SubmitEvent} event @param {string} name */
function calibrate(event, name) {
  event.preventDefault();
  location.hash = calibrationOf(name);
}

/** @param {string} profile */
function calibrationOf(profile) {
  return addressOf("camera", { plan: "", side: "auto", profile, muted: false, calibrate: true });
}
