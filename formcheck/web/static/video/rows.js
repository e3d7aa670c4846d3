/** A row of the list for each clip, made anew only where it says something else, so that the keyboard stays where it is. */

import { button, h, setText } from "../page.js";
import { duration, t } from "../words.js";
import { isPending } from "./server.js";

export const COLUMNS = /** @type {const} */ (["clip", "stretch", "side", "held", "score", "change"]);

/** @typedef {{open: (id: string) => void, stop: (id: string) => void, remove: (id: string) => void, again: (id: string) => void, choose: (id: string, chosen: boolean) => void}} Acts */

export class Row {
  /** @param {string} id @param {Acts} acts */
  constructor(id, acts) {
    this.id = id;
    this.acts = acts;
    this.element = h("tr", { role: "row" });
    this.says = "";
    this.bar = h("progress", { max: 1 });
    this.left = h("span", { class: "left" });
  }

  /** @param {import("./server.js").Check} check @param {boolean} opened @param {boolean} chosen Whether it is to be compared. */
  show(check, opened, chosen) {
    const { work } = check;
    const says = JSON.stringify([work.state, work.trouble, check.result, opened, chosen]);
    if (says !== this.says) {
      this.says = says;
      const held = /** @type {HTMLElement | null} */ (this.element.contains(document.activeElement) ? document.activeElement : null);
      this.element.replaceChildren(...this.cells(check, opened, chosen));
      this.element.classList.toggle("opened", opened);
      if (held !== null) (held.dataset.act && this.find(held.dataset.act) || this.find("open") || this.find("remove"))?.focus();
    }
    this.bar.setAttribute("aria-label", t("video_state_at_work"));
    this.bar.value = work.share;
    setText(this.left, work.left_s === null ? "" : t("video_left", { time: duration(work.left_s) }));
  }

  /** @param {string} act @returns {HTMLElement | null} */
  find(act) {
    return this.element.querySelector(`[data-act="${act}"]`);
  }

  /** @param {import("./server.js").Check} check @param {boolean} opened @param {boolean} chosen */
  cells(check, opened, chosen) {
    const { work, result, name, compared } = check;
    const done = work.state === "done";
    const words = done
      ? h("a", { href: `#/video?report=${this.id}`, "data-act": "open", "aria-current": opened && "true", onclick: (event) => this.open(event) }, name)
      : h("strong", {}, name);
    return [
      cell("clip", words, h("span", { class: "fine" }, compared ? t("video_compared") : (check.place ?? t("video_copy")))),
      ...(result !== null
        ? [
            cell("stretch", result.stretch),
            cell("side", result.sides.map((side) => t(`video_side_${side}`)).join(", ")),
            cell("held", result.held),
            cell("score", result.verdict),
            cell("change", result.change, ...[...(result.damaged ? [t("video_damaged")] : []), ...result.notes].map((note) => h("span", { class: "fine" }, note))),
          ]
        : [this.state(work)]),
      this.ways(check, chosen),
    ];
  }

  /** @param {import("./server.js").Work} work */
  state({ state, trouble }) {
    const at_work = state === "at_work";
    return h(
      "td",
      { role: "cell", class: "state", colspan: COLUMNS.length - 1 },
      h("span", { class: state === "failed" ? "trouble" : undefined }, t(`video_state_${state}`)),
      at_work && this.bar,
      at_work && this.left,
      ...trouble.map((sentence) => h("span", { class: "why" }, sentence)),
    );
  }

  /** @param {import("./server.js").Check} check @param {boolean} chosen */
  ways({ work, name, compared, result }, chosen) {
    /** @param {"stop" | "remove" | "again"} act */
    const way = (act) => button(t(`video_${act}`), () => this.acts[act](this.id), { "data-act": act, "aria-label": t(`video_${act}_clip`, { clip: name }) });
    const pending = isPending(work);
    const choice =
      result?.pose &&
      h(
        "label",
        { class: "choice" },
        h("input", { type: "checkbox", checked: chosen, "data-act": "choose", "aria-label": t("video_compare_clip", { clip: name }), onchange: ({ target }) => this.acts.choose(this.id, target.checked) }),
        t("video_compare_this"),
      );
    return h("td", { role: "cell", class: "acts" }, choice, pending && way("stop"), !pending && !compared && work.state !== "done" && way("again"), way("remove"));
  }

  /** @param {MouseEvent} event */
  open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.acts.open(this.id);
  }
}

/** @param {typeof COLUMNS[number]} column @param {...import("../page.js").Child} children */
function cell(column, ...children) {
  return h("td", { role: "cell", class: `col_${column}`, "data-head": t(`video_column_${column}`) }, ...children);
}

/** The row of a file that is still to be sent. */
export class SendingRow {
  constructor() {
    this.element = h("tr", { role: "row" });
    this.bar = h("progress", { max: 1, "aria-label": t("video_copying") });
    this.says = "";
  }

  /** @param {import("./sending.js").Sent} sent */
  show({ file, share, trouble, cancel }) {
    const failed = trouble.length > 0;
    const state = failed ? "video_not_copied" : share === null ? "video_to_copy" : "video_copying";
    if (this.says !== state) {
      this.says = state;
      const held = this.element.contains(document.activeElement);
      const remove = button(t("video_remove"), cancel, { "aria-label": t("video_remove_clip", { clip: file.name }) });
      this.element.replaceChildren(
        cell("clip", h("strong", {}, file.name)),
        h(
          "td",
          { role: "cell", class: "state", colspan: COLUMNS.length - 1 },
          h("span", { class: failed ? "trouble" : undefined }, t(state)),
          !failed && share !== null && this.bar,
          ...trouble.map((sentence) => h("span", { class: "why" }, sentence)),
        ),
        h("td", { role: "cell", class: "acts" }, remove),
      );
      if (held) remove.focus();
    }
    this.bar.value = share ?? 0;
  }
}
