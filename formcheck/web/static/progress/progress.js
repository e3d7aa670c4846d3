/** Progress: the sessions that are kept, and what the report says of them. */

import { ask } from "../dialog.js";
import { choiceField } from "../fields.js";
import { button, h, setText, show } from "../page.js";
import * as api from "../server/api.js";
import { Trouble } from "../server/api.js";
import { link, pageView, reportWays, showAnew, troubleNote } from "../views.js";
import { t } from "../words.js";
import { reportFrame } from "./frame.js";
import { leaveAt, placeOf, progressAddress } from "./place.js";
import { checkRow, damagedRow, sessionRow } from "./rows.js";

/** @typedef {import("../server/messages.js").KeptSessions} KeptSessions */

const WEEKS = ["", "1", "4", "13", "52"];
const WEEK_MS = 7 * 86_400_000;

/** More sessions the server lists only one part after the other. */
const MOST = 1000;

/**
 * @param {URLSearchParams} values
 * @returns {Promise<import("../views.js").View>}
 */
export async function progressView(values) {
  try {
    return await listView(values);
  } catch (error) {
    if (!(error instanceof Trouble) || error.status === 0) throw error;
    const again = button(t("try_again"), showAnew, { class: "main" });
    const ways = h("p", { class: "ways" }, again, link("#/kept", t("kept_title"), "button"));
    return pageView(t("nav_progress"), "progress", troubleNote(error), ways);
  }
}

/** @param {URLSearchParams} values @returns {Promise<import("../views.js").View>} */
async function listView(values) {
  const chosen = { profile: values.get("profile") ?? "", weeks: values.get("weeks") ?? "" };
  const place = placeOf();
  const which = asked(chosen);
  const [found, { session }] = await Promise.all([
    api.progress(place?.listed ? { ...which, count: `${Math.min(place.listed, MOST)}` } : which),
    api.state(),
  ]);
  const anything = found.sessions.length + found.damaged.length + found.checks.length > 0;
  const filtered = chosen.profile !== "" || chosen.weeks !== "";
  const { title, element } = pageView(t("nav_progress"), "progress");
  if (anything || filtered) element.append(choices(chosen, found.people));
  if (anything) element.append(...parts(found, which, session?.id ?? null));
  else if (filtered) element.append(h("p", {}, t("progress_none_fits")));
  else element.append(h("p", {}, t("progress_empty")), h("p", { class: "ways" }, link("#/stretch", t("progress_begin"), "button main")));
  element.append(h("p", {}, link("#/kept", t("kept_title"))));
  const arrive = () => {
    leaveAt(null);
    window.scrollTo(0, place?.scroll ?? 0);
    const to = place === null ? null : document.getElementById(place.focus);
    (to ?? element.querySelector("h1"))?.focus({ preventScroll: true });
  };
  return { title, element, arrive };
}

/** What to ask the server for. @param {{profile: string, weeks: string}} chosen @returns {Record<string, string>} */
function asked({ profile, weeks }) {
  const day = new Date(Date.now() - Number(weeks) * WEEK_MS);
  const since = [day.getFullYear(), `${day.getMonth() + 1}`.padStart(2, "0"), `${day.getDate()}`.padStart(2, "0")].join("-");
  return { ...(profile && { profile }), ...(weeks && { since }) };
}

/** @param {{profile: string, weeks: string}} chosen @param {{profile: string, name: string}[]} people */
function choices(chosen, people) {
  /** @type {(focus: string, more: Partial<typeof chosen>) => void} */
  const choose = (focus, more) => {
    const address = progressAddress({ ...chosen, ...more });
    leaveAt({ address, listed: 0, scroll: window.scrollY, focus });
    location.hash = address;
  };
  const persons = people.map(({ profile, name }) => /** @type {[string, string]} */ ([profile, name]));
  return h(
    "div",
    { class: "choices" },
    people.length > 0 && choiceField("whose", t("progress_whose"), [["", t("progress_everybody")], ...persons], chosen.profile, (profile) => choose("whose", { profile })),
    choiceField("since", t("progress_since"), WEEKS.map((weeks) => [weeks, t(`progress_weeks_${weeks || "all"}`)]), chosen.weeks, (weeks) => choose("since", { weeks })),
  );
}

/** @param {KeptSessions} found @param {Record<string, string>} which @param {string | null} running */
function parts(found, which, running) {
  const told = h("p", { class: "unseen_text", role: "status" });
  const list = h("ol", { class: "sessions" });
  const more = button(t("progress_more"), () => void goOn());
  const title = h("h2", { id: "sessions", tabindex: -1 }, t("progress_sessions"));
  let { next } = found;

  /** @param {KeptSessions} some */
  function put({ sessions, damaged }) {
    const rows = [
      ...sessions.map((one, place) => sessionRow(one, list.childElementCount + place, one.id === running ? null : gone)),
      ...damaged.map((one) => damagedRow(one, gone)),
    ];
    list.append(...rows);
    show(more, next !== null);
    return rows;
  }

  /** @param {Element | null} row */
  function focusIn(row) {
    const to = /** @type {HTMLElement | null} */ (row?.querySelector("a, button") ?? null);
    (to ?? title).focus();
  }

  async function goOn() {
    more.disabled = true;
    try {
      const some = await api.progress({ ...which, skip: `${next}` });
      ({ next } = some);
      focusIn(put(some)[0] ?? null);
    } catch (error) {
      more.after(troubleNote(error));
    } finally {
      more.disabled = false;
    }
  }

  /** @param {HTMLElement} row */
  function gone(row) {
    const to = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (list.childElementCount === 0) {
      showAnew();
      return;
    }
    if (next !== null) next -= 1;
    setText(told, t("session_deleted"));
    focusIn(to);
    renew();
  }

  const address = `/api/progress/report?${new URLSearchParams(which)}`;
  const frame = () => reportFrame(address, t("progress_report"));

  /** What is deleted is not in the report either. */
  function renew() {
    document.querySelector(".parts .report_frame")?.replaceWith(frame());
  }

  put(found);
  list.addEventListener("click", ({ target }) => {
    const focus = /** @type {Element} */ (target).closest("a")?.id;
    if (focus) leaveAt({ address: location.hash, listed: list.childElementCount, scroll: window.scrollY, focus });
  });
  const tables = found.tables.map((ending) => tableLink(ending, which));
  const remove = button(t("delete_all_sessions"), () => void deleteAll(running !== null));
  const listed = h(
    "section",
    { "aria-labelledby": title.id },
    title,
    told,
    list,
    more,
    found.checks.length > 0 && checks(found.checks, told, renew),
    h("h3", {}, t("progress_take")),
    h("p", { class: "ways" }, ...tables),
    h("p", { class: "ways" }, remove),
  );
  const shown = found.sessions.length + found.checks.length > 0;
  if (!shown) return [listed];
  const over = h("h2", { class: "unseen_text", id: "report", tabindex: -1 }, t("progress_report"));
  const jump = button(t("progress_report"), () => over.focus(), { class: "jump" });
  const report = h("section", { "aria-labelledby": over.id }, over, h("p", { class: "ways" }, ...reportWays(address, `${t("progress_report")}.html`)), frame());
  return [jump, h("div", { class: "parts" }, listed, report)];
}

/** @param {import("../server/messages.js").KeptCheck[]} found @param {HTMLElement} told @param {() => void} renew */
function checks(found, told, renew) {
  const summary = h("summary", {}, t("progress_checks"));
  /** @param {HTMLElement} row */
  const gone = (row) => {
    row.remove();
    setText(told, t("check_deleted"));
    summary.focus();
    renew();
  };
  return h("details", {}, summary, h("ol", { class: "sessions" }, ...found.map((one) => checkRow(one, gone))));
}

/** @param {string} ending @param {Record<string, string>} which */
function tableLink(ending, which) {
  return h("a", { class: "button", download: true, href: `/api/progress/table.${ending}?${new URLSearchParams(which)}` }, t(`table_${ending}`));
}

/** @param {boolean} runs */
async function deleteAll(runs) {
  const sentences = [t("history_goes"), runs ? t("running_stays") : null, t("not_undone")];
  if (await ask(t("delete_all_question"), sentences, t("delete"), api.deleteHistory)) {
    if (location.hash === progressAddress({ profile: "", weeks: "" })) showAnew();
    else location.hash = progressAddress({ profile: "", weeks: "" });
  }
}
