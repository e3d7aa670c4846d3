/** A day at the desk: what is counted, how often the camera looks, and what is not known. */

import { troubleKey } from "../capture/camera.js";
import { checkField, profileField, radioField } from "../fields.js";
import { button, h, setText } from "../page.js";
import * as api from "../server/api.js";
import { link, pageView, troubleNote } from "../views.js";
import { duration, t } from "../words.js";
import { desk } from "./desk.js";
import { toCare } from "./ways.js";

/** Seconds from one look to the next. */
const EVERY_S = [20, 30, 60];

/** @returns {Promise<import("../views.js").View>} */
export async function sittingView() {
  const { profiles, profile } = await api.state();
  const place = h("div");
  let ran = desk.state.running;
  /** @type {() => void} */
  let write = () => {};
  const draw = () => {
    const { running } = desk.state;
    const parts = running ? new Counted() : null;
    place.replaceChildren(...(parts?.parts ?? [...result(), form(profiles, profile)]));
    write = () => parts?.write();
    write();
    if (ran !== running) place.closest("main")?.querySelector("h1")?.focus();
    ran = running;
  };
  // What has the focus stays where it is, as long as the day goes on.
  desk.changed = () => (desk.state.running === ran ? write() : draw());
  draw();
  const ways = h("p", { class: "ways" }, link("#/psoas?part=sit-less", t("sitting_why"), "button plain"), toCare());
  const view = pageView(t("sitting_title"), "care", h("p", { class: "lead" }, t("sitting_offer")), place, ways);
  const leave = () => {
    desk.changed = () => {};
  };
  return { ...view, leave };
}

/** @param {string[]} profiles @param {string | null} profile */
function form(profiles, profile) {
  const trouble = h("div");
  const rows = EVERY_S.map((seconds) => /** @type {[string, string]} */ ([`${seconds}`, t("sitting_every", { time: duration(seconds) })]));
  /** @param {SubmitEvent} event */
  const begin = async (event) => {
    event.preventDefault();
    const data = new FormData(made);
    try {
      await desk.begin({ every_s: Number(data.get("every")), prompts: data.get("prompts") !== null, profile: `${data.get("profile") ?? ""}` || null });
    } catch (error) {
      trouble.replaceChildren(troubleNote(error));
    }
  };
  const made = h(
    "form",
    { class: "choice", onsubmit: (event) => void begin(event) },
    radioField("every", t("sitting_how_often"), rows, `${EVERY_S[0]}`),
    checkField("prompts", t("sitting_prompts"), true),
    profileField("profile", profiles, profile),
    h("p", {}, t("sitting_light")),
    h("p", { class: "private" }, t("stays_here")),
    h("p", {}, t("sitting_open")),
    trouble,
    h("p", { class: "ways" }, h("button", { type: "submit", class: "main" }, t("begin"))),
  );
  return made;
}

/** What was counted so far, and what there is to know of it. */
class Counted {
  constructor() {
    this.table = h("div");
    this.notes = h("div");
    const failed = (/** @type {unknown} */ error) => this.notes.append(troubleNote(error));
    this.snooze = button("", () => void desk.snooze().catch(failed));
    const end = button(t("sitting_end"), () => void desk.end().catch(failed), { class: "main" });
    this.parts = [this.table, this.notes, h("p", {}, t("sitting_open")), h("p", { class: "ways" }, end, this.snooze)];
  }

  write() {
    const { snooze, snoozed, not_graded, trouble, knows_all } = desk.state;
    const camera = desk.trouble === null ? null : troubleKey(desk.trouble);
    const unseen = camera === null ? [] : [t(camera), t("sitting_unseen")];
    const unknown = knows_all === false ? t("sitting_unknown", { snooze: snooze ?? "" }) : null;
    const lines = [...unseen, trouble, snoozed, not_graded, unknown].filter((line) => line !== null && line !== undefined);
    this.table.replaceChildren(table());
    this.notes.replaceChildren(...lines.map((line) => h("p", {}, line)));
    setText(this.snooze, snooze);
  }
}

/** What a day that has just ended came to. */
function result() {
  const { rows, not_graded, trouble } = desk.state;
  const told = trouble ? [h("p", { class: "trouble" }, trouble)] : [];
  return rows === undefined ? told : [h("h2", {}, t("sitting_result")), table(), h("p", {}, not_graded ?? ""), ...told];
}

function table() {
  return h("dl", { class: "counted" }, ...(desk.state.rows ?? []).flatMap(({ name, value }) => [h("dt", {}, name), h("dd", {}, value)]));
}
