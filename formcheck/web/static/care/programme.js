/** The programme of today: how much it hurts, what is due and why, and its session. */

import { addressOf } from "../choosing/choice.js";
import { profileField } from "../fields.js";
import { button, h, put, show } from "../page.js";
import * as api from "../server/api.js";
import { heading, link, troubleNote } from "../views.js";
import { duration, t } from "../words.js";
import { painOf, painScale } from "./pain.js";
import { checkAddress, programmeAddress, toCare } from "./ways.js";

/** @typedef {import("../server/messages.js").Programme} Programme */
/** @typedef {import("../server/messages.js").PainTold} PainTold */
/** @typedef {import("../server/messages.js").Day} Day */

/** @param {string | null} profile @returns {Promise<import("../views.js").View>} */
export async function programmeView(profile) {
  const whose = profile || null;
  const [programme, { profiles }, { checks }] = await Promise.all([api.programme(whose), api.state(), api.care()]);
  const place = h("main", { id: "main", class: "care" });
  new Today(place, programme, profiles, whose, new Map(checks.map(({ name, title }) => [name, title]))).begin();
  return { title: programme.title, element: place };
}

class Today {
  /**
   * @param {HTMLElement} place
   * @param {Programme} programme
   * @param {string[]} profiles
   * @param {string | null} profile
   * @param {Map<string, string>} checks Their titles by name.
   */
  constructor(place, programme, profiles, profile, checks) {
    this.place = place;
    this.programme = programme;
    this.profiles = profiles;
    this.profile = profile;
    this.checks = checks;
    /** The check that is done today, if one is. */
    this.checkName = "";
    /** @type {PainTold} */
    this.told = { profile, pain: 0, where: "", looked_at: null, check: null, again: false };
  }

  begin() {
    if (this.programme.day !== null) this.day(this.programme.day, null);
    else this.ask();
  }

  /** @param {...import("../page.js").Child} parts */
  put(...parts) {
    put(this.place, ...parts);
    if (this.place.isConnected) this.place.querySelector("h1")?.focus();
  }

  /** How much it hurts, and where. */
  ask() {
    const { title, description, last, question, where, places } = this.programme;
    const suggestions = h("datalist", { id: "places" }, ...places.map(({ text }) => h("option", { value: text })));
    const field = h("input", { id: "where", name: "where", list: "places", maxlength: 60, autocomplete: "off" });
    const asked = h("p", { class: "field" }, h("label", { for: "where" }, where), field, suggestions, h("span", { class: "facts" }, t("pain_where_open")));
    show(asked, false);
    const form = h(
      "form",
      { class: "choice", onsubmit: (event) => void this.tell(event, form), onchange: () => show(asked, painOf(form) > 0) },
      painScale(question),
      asked,
      h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("go_on")), toCare()),
    );
    this.put(heading(title), h("p", { class: "lead" }, description), this.whose(), last !== null && h("p", {}, last), form);
  }

  whose() {
    return profileField("profile", this.profiles, this.profile, (profile) => location.replace(programmeAddress(profile)));
  }

  /** @param {SubmitEvent} event @param {HTMLFormElement} form */
  async tell(event, form) {
    event.preventDefault();
    const written = `${new FormData(form).get("where") ?? ""}`;
    const known = this.programme.places.find(({ text }) => text === written);
    await this.plan({ pain: painOf(form), where: known?.value ?? written, looked_at: null, check: null, again: false });
  }

  /** Plan with what was told so far and `more`, or ask what else there is to ask. @param {Partial<PainTold>} more */
  async plan(more) {
    this.told = { ...this.told, ...more };
    try {
      const { ask, check, again_days, day, trouble } = await api.planToday(this.told);
      if (ask !== undefined) this.question(ask);
      else if (check !== undefined) this.offerCheck(check, again_days ?? 0);
      else if (day !== undefined && this.told.check) location.hash = checkAddress(this.checkName, this.profile);
      else if (day !== undefined) this.day(day, trouble ?? null);
    } catch (error) {
      this.place.append(troubleNote(error));
    }
  }

  /** @param {string} text */
  question(text) {
    const ways = [
      button(t("yes"), () => void this.plan({ looked_at: true }), { class: "main" }),
      button(t("no"), () => void this.plan({ looked_at: false }), { class: "main" }),
    ];
    this.put(heading(text), h("p", { class: "ways" }, ...ways));
  }

  /** @param {string[]} names @param {number} days */
  offerCheck(names, days) {
    const ways = names.map((name) => {
      const take = () => {
        this.checkName = name;
        void this.plan({ check: true });
      };
      return h("p", { class: "ways" }, button(this.checks.get(name) ?? name, take, { class: "main" }));
    });
    const later = button(t("check_not_today"), () => void this.plan({ check: false }));
    this.put(
      heading(t("check_due")),
      h("p", { class: "lead" }, t("check_due_first")),
      ...ways,
      h("p", { class: "ways" }, later),
      h("p", {}, t("check_later", { count: days })),
    );
  }

  /** @param {Day} day @param {string | null} trouble */
  day({ title, sentences, asked_in_days, check, parts }, trouble) {
    const anew = button(t("programme_anew"), () => this.ask());
    const { name } = this.programme;
    const choice = { plan: name, side: /** @type {const} */ ("auto"), profile: this.profile, muted: false, from: "programme" };
    const begin = link(addressOf("questions", choice), t("begin"), "button main");
    const now = button(t("ask_me_now"), () => void this.plan({ again: true }));
    this.put(
      heading(title),
      h("ul", { class: "decisions" }, ...sentences.map((sentence) => h("li", {}, sentence))),
      asked_in_days !== null && h("p", {}, t("asked_in_days", { count: asked_in_days })),
      trouble !== null && h("p", { class: "trouble" }, trouble),
      parts.length > 0 && h("h2", {}, t("programme_parts")),
      parts.length > 0 && h("ol", { class: "parts" }, ...parts.map(part)),
      check !== null && h("p", { class: "ways" }, link(checkAddress(check, this.profile), t("check_begin"), "button main")),
      h("p", { class: "ways" }, parts.length > 0 && begin, asked_in_days !== null && now, anew, toCare()),
      h("p", {}, link("#/psoas?part=pain-comes-first", t("programme_rules"))),
    );
  }

}

/** @param {import("../server/messages.js").PlannedPart} planned */
function part({ title, seconds, times }) {
  const each = seconds === null ? t("to_the_end") : duration(seconds);
  return h("li", {}, h("strong", {}, title), h("span", { class: "facts" }, t("part_times", { count: times, each })));
}
