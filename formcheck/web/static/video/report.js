/** The report of one clip beside the list, and what can be saved of it. */

import { button, h } from "../page.js";
import { duration, t } from "../words.js";
import { fileOf } from "./server.js";

/** @typedef {{close: () => void, film: (id: string) => void, again: (id: string) => void}} ReportActs */

export class ReportPart {
  /** @param {ReportActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.element = h("section", { class: "report", hidden: true, "aria-labelledby": "video_report" });
    this.id = "";
    this.says = "";
    this.title = h("h2", { id: "video_report", tabindex: -1 });
    this.saving = h("p", { class: "ways" });
    this.frame = h("iframe", { sandbox: "allow-scripts" });
    this.element.append(h("p", { class: "way_back" }, button(t("video_close"), acts.close)), this.title, this.saving, this.frame);
  }

  /** Show the report of a check, or none. @param {import("./server.js").Check | null} check */
  show(check) {
    const ready = check !== null && check.work.state === "done";
    this.element.hidden = !ready;
    const says = ready ? JSON.stringify([check.id, check.film]) : "";
    if (says === this.says) return;
    this.says = says;
    const id = ready ? check.id : "";
    if (id !== this.id) {
      this.id = id;
      // Made anew: an address that changes in a frame would be a page to go back to.
      const frame = h("iframe", { sandbox: "allow-scripts", title: t("video_report", { clip: check?.name ?? "" }), src: ready ? fileOf(id, "report") : "about:blank" });
      this.frame.replaceWith(frame);
      this.frame = frame;
    }
    if (!ready) return;
    this.title.textContent = check.name;
    const held = this.saving.contains(document.activeElement);
    this.saving.replaceChildren(...this.ways(check));
    if (held) /** @type {HTMLElement | null} */ (this.saving.querySelector(".film, a"))?.focus();
  }

  /** @param {import("./server.js").Check} check */
  ways({ id, film, still }) {
    /** @param {"report" | "json" | "film"} what @param {string} text */
    const save = (what, text) => h("a", { class: `button ${what}`, href: fileOf(id, what, true), download: true }, text);
    const kind = still ? "picture" : "film";
    return [
      save("report", t("video_save_report")),
      save("json", t("video_save_json")),
      film?.state === "done"
        ? save("film", t(`video_save_${kind}`))
        : film?.state === "waiting" || film?.state === "at_work"
          ? h("span", { class: "film", tabindex: -1 }, filmWords(film, kind), h("progress", { max: 1, value: film.share, "aria-label": t(`video_making_${kind}`) }))
          : button(t(`video_make_${kind}`), () => this.acts.film(id), { class: "film" }),
      button(t("video_again"), () => this.acts.again(id)),
      ...(film?.trouble ?? []).map((sentence) => h("span", { class: "trouble" }, sentence)),
    ];
  }
}

/** @param {import("./server.js").Work} film @param {string} kind */
function filmWords({ left_s }, kind) {
  const making = t(`video_making_${kind}`);
  return left_s === null ? making : `${making} ${t("video_left", { time: duration(left_s) })}`;
}
