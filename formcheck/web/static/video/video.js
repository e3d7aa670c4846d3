/** Check a video: clips are given, wait, are scored, and each has its report beside the list. The list is the server's. */

import { runningNote } from "../choosing/running.js";
import { ask } from "../dialog.js";
import { button, h, setText, show } from "../page.js";
import * as api from "../server/api.js";
import { heading, troubleNote } from "../views.js";
import { duration, t } from "../words.js";
import { addingPart } from "./adding.js";
import { Filters } from "./filters.js";
import { chosenOptions } from "./options.js";
import { ReportPart } from "./report.js";
import { COLUMNS, Row, SendingRow } from "./rows.js";
import { toSend, whenSent } from "./sending.js";
import * as server from "./server.js";

const LOOK_MS = 1000;

/** @param {string | null} opened The check whose report is shown. @returns {Promise<import("../views.js").View>} */
export async function videoView(opened) {
  const [choices, { profiles, session }, listed] = await Promise.all([server.choices(), api.state(), server.checks()]);
  const page = new VideoPage(choices, profiles, session, opened);
  page.take(listed);
  return { title: t("video_title"), element: page.element, leave: () => page.leave() };
}

class VideoPage {
  /**
   * @param {import("./server.js").Choices} choices
   * @param {string[]} profiles
   * @param {import("../server/messages.js").SessionName | null} session
   * @param {string | null} opened
   */
  constructor(choices, profiles, session, opened) {
    this.opened = opened;
    this.gone = new AbortController();
    /** @type {import("./server.js").Checks} */
    this.listed = { waits: false, left_s: null, checks: [] };
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    /** @type {Map<import("./sending.js").Sent, SendingRow>} */
    this.sendingRows = new Map();
    this.trouble = h("div", {});
    this.lost = h("div", {});
    this.count = h("p", { role: "status" });
    this.left = h("p", { class: "left" });
    this.waiting = h("div", {}, session && runningNote(session), h("p", {}, t("video_waits")));
    this.stop = button(t("video_stop_all"), () => this.act(server.stopAll()));
    /** The clips that are to be compared, in the order in which they were chosen. @type {Set<string>} */
    this.chosen = new Set();
    this.compare = button(t("video_compare"), () => void this.compareChosen(), { "aria-describedby": "video_compare" });
    this.two = h("p", { class: "progress" }, this.compare, h("span", { id: "video_compare", class: "left" }, t("video_compare_how")));
    this.filters = new Filters(() => this.show());
    this.body = h("tbody", { role: "rowgroup" });
    this.sending = h("tbody", { role: "rowgroup" });
    this.none = h("p", { hidden: true }, t("video_none"));
    this.list = h(
      "section",
      { class: "list", "aria-labelledby": "video_list" },
      h("h2", { id: "video_list" }, t("video_list")),
      h("div", { class: "progress" }, this.count, this.left, this.stop, button(t("video_remove_all"), () => void this.removeAll())),
      this.waiting,
      this.trouble,
      this.lost,
      this.two,
      this.filters.element,
      h(
        "table",
        { role: "table", "aria-labelledby": "video_list" },
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...COLUMNS.map((name) => h("th", { role: "columnheader", scope: "col" }, t(`video_column_${name}`))), h("td", { role: "cell" }))),
        this.body,
        this.sending,
      ),
      this.none,
      h("p", { class: "notice" }, t("video_not_kept")),
    );
    this.report = new ReportPart({
      close: () => this.open(null),
      film: (id) => this.act(server.act(id, "film")),
      again: (id) => {
        this.open(null);
        this.act(server.again(id, chosenOptions()));
      },
    });
    const given = h("div", { class: "given" }, heading(t("video_title")), h("p", { class: "about" }, t("video_about")), addingPart(choices, profiles, () => this.look(), this.gone.signal), this.list);
    this.element = h("main", { id: "main", class: "video" }, given, this.report.element);
    whenSent(() => this.showSending());
    this.timer = window.setInterval(() => document.hidden || this.look(), LOOK_MS);
  }

  leave() {
    this.gone.abort();
    window.clearInterval(this.timer);
    whenSent(() => {});
  }

  look() {
    server.checks().then(
      (listed) => this.take(listed),
      (error) => this.lost.replaceChildren(troubleNote(error)),
    );
  }

  /** @param {Promise<unknown>} asked */
  act(asked) {
    this.trouble.replaceChildren();
    asked.then(
      () => this.look(),
      (error) => this.trouble.replaceChildren(troubleNote(error)),
    );
  }

  // What is asked before it goes: a report, which takes work to have again, and all at once. A single clip without a report, that
  // waits, was stopped or failed, goes at one press: nothing of it is lost but its row, and it can be given again.

  async removeAll() {
    const remove = async () => {
      for (const sent of [...toSend()]) sent.cancel();
      await server.removeAll();
    };
    if (await ask(t("video_remove_all_question"), [t("video_remove_all_goes")], t("video_remove_all"), remove)) this.look();
  }

  /** @param {string} id */
  async remove(id) {
    const check = this.listed.checks.find((one) => one.id === id);
    if (check?.work.state !== "done") this.act(server.remove(id));
    else if (await ask(t("video_remove_question", { clip: check.name }), [t("video_remove_goes")], t("video_remove"), () => server.remove(id))) this.look();
  }

  async compareChosen() {
    const [a, b] = this.chosen;
    this.trouble.replaceChildren();
    try {
      const { id } = await server.compare(a, b);
      this.chosen.clear();
      await server.checks().then((listed) => this.take(listed));
      this.open(id);
    } catch (error) {
      this.trouble.replaceChildren(troubleNote(error));
    }
  }

  /** @param {string | null} id */
  open(id) {
    const before = this.opened;
    this.opened = id;
    window.history.pushState(null, "", id === null ? "#/video" : `#/video?report=${id}`);
    this.show();
    if (id !== null) {
      this.rows.get(id)?.element.scrollIntoView({ block: "nearest" });
      this.report.title.focus({ preventScroll: matchMedia("(min-width: 64rem)").matches });
    }
    else if (before !== null) this.rows.get(before)?.find("open")?.focus();
  }

  /** @param {import("./server.js").Checks} listed */
  take(listed) {
    this.lost.replaceChildren();
    this.listed = listed;
    this.show();
  }

  show() {
    const { checks, waits, left_s } = this.listed;
    const pending = checks.filter(({ work }) => server.isPending(work)).length;
    const opened = checks.find(({ id }) => id === this.opened) ?? null;
    show(this.list, checks.length + toSend().length > 0);
    show(this.waiting, waits && pending > 0);
    show(this.stop, pending > 0);
    this.chosen = new Set([...this.chosen].filter((id) => checks.some((check) => check.id === id)));
    show(this.two, checks.filter(({ result }) => result?.pose).length > 1);
    this.compare.disabled = this.chosen.size !== 2;
    setText(this.count, t("video_done_of", { count: checks.length, done: checks.length - pending }));
    setText(this.left, pending > 0 && left_s !== null ? t("video_left", { time: duration(left_s) }) : "");
    const shown = this.filters.of(checks);
    show(this.none, checks.length > 0 && shown.length === 0);
    this.showRows(shown);
    this.showSending();
    this.report.show(opened);
    this.element.classList.toggle("with_report", !this.report.element.hidden);
  }

  /** @param {import("./server.js").Check[]} checks */
  showRows(checks) {
    const acts = {
      open: (/** @type {string} */ id) => this.open(id),
      stop: (/** @type {string} */ id) => this.act(server.act(id, "stop")),
      remove: (/** @type {string} */ id) => void this.remove(id),
      again: (/** @type {string} */ id) => this.act(server.again(id, chosenOptions())),
      choose: (/** @type {string} */ id, /** @type {boolean} */ chosen) => {
        this.chosen[chosen ? "add" : "delete"](id);
        this.show();
      },
    };
    const rows = checks.map((check) => {
      const row = this.rows.get(check.id) ?? new Row(check.id, acts);
      row.show(check, check.id === this.opened, this.chosen.has(check.id));
      return row;
    });
    const elements = rows.map((row) => row.element);
    const there = [...this.body.children];
    if (elements.length !== there.length || elements.some((element, i) => element !== there[i])) {
      const held = /** @type {HTMLElement | null} */ (document.activeElement);
      const at = there.findIndex((element) => element.contains(held));
      this.body.replaceChildren(...elements);
      if (at >= 0 && document.activeElement !== held) this.focusNear(held, rows[Math.min(at, rows.length - 1)]);
    }
    this.rows = new Map(rows.map((row) => [row.id, row]));
  }

  /** The keyboard stays where it was, or nearby where that has gone. @param {HTMLElement | null} held @param {Row | undefined} row */
  focusNear(held, row) {
    if (held?.isConnected) held.focus();
    else (row?.find("remove") ?? /** @type {HTMLElement | null} */ (this.element.querySelector("h1")))?.focus();
  }

  showSending() {
    const sending = toSend();
    const rows = new Map(sending.map((sent) => [sent, this.sendingRows.get(sent) ?? new SendingRow()]));
    rows.forEach((row, sent) => row.show(sent));
    const gone = this.sendingRows.size > sending.length;
    if (gone || rows.size > this.sendingRows.size) {
      const held = this.sending.contains(document.activeElement);
      this.sending.replaceChildren(...[...rows.values()].map((row) => row.element));
      if (held) (this.sending.querySelector("button") ?? /** @type {HTMLElement | null} */ (this.element.querySelector("h1")))?.focus();
    }
    this.sendingRows = rows;
    show(this.list, this.listed.checks.length + sending.length > 0);
    if (gone) this.look(); // it is a check now
  }
}
