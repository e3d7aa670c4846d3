/** The report of one clip beside the list, and what can be saved of it. */

import { button, h, show } from "../page.js";
import { reportWays } from "../views.js";
import { duration, t } from "../words.js";
import { fileOf, isPending } from "./server.js";

/** @typedef {{close: () => void, film: (id: string) => void, again: (id: string) => void}} ReportActs */

export class ReportPart {
  /** @param {ReportActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.element = h("section", { class: "report_part", hidden: true, "aria-labelledby": "video_report" });
    this.id = "";
    this.says = "";
    this.title = h("h2", { id: "video_report", tabindex: -1 });
    this.whole = h("p", { class: "ways" });
    this.more = h("p", { class: "ways" });
    this.details = h("details", {}, h("summary", {}, t("video_more")), this.more);
    this.frame = h("iframe", { sandbox: "allow-scripts" });
    this.element.append(
      this.title,
      this.whole,
      this.details,
      this.frame,
    );
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
      const frame = h("iframe", { sandbox: "allow-scripts", allow: "clipboard-write", title: t("video_report", { clip: check?.name ?? "" }), src: ready ? fileOf(id, "report") : "about:blank" });
      this.frame.replaceWith(frame);
      this.frame = frame;
      this.whole.replaceChildren(button(t("video_close"), this.acts.close), ...reportWays(fileOf(id, "report"), "", fileOf(id, "report", true)));
    }
    if (!ready) return;
    this.title.textContent = check.name;
    show(this.details, !check.compared);
    const held = this.more.contains(document.activeElement);
    this.more.replaceChildren(...this.ways(check));
    if (held) /** @type {HTMLElement | null} */ (this.more.querySelector("[data-what=film]"))?.focus();
  }

  /** @param {import("./server.js").Check} check */
  ways({ id, film, still }) {
    const kind = still ? "picture" : "film";
    return [
      h("a", { class: "button", href: fileOf(id, "json", true), download: true }, t("video_save_json")),
      film?.state === "done"
        ? h("a", { class: "button", "data-what": "film", href: fileOf(id, "film", true), download: true }, t(`video_save_${kind}`))
        : film !== null && isPending(film)
          ? h("span", { "data-what": "film", tabindex: -1 }, filmWords(film, kind), h("progress", { max: 1, value: film.share, "aria-label": t(`video_making_${kind}`) }))
          : button(t(`video_make_${kind}`), () => this.acts.film(id), { "data-what": "film" }),
      button(t("video_again_as_chosen"), () => this.acts.again(id)),
      ...(film?.trouble ?? []).map((sentence) => h("span", { class: "trouble" }, sentence)),
    ];
  }
}

/** @param {import("./server.js").Work} film @param {string} kind */
function filmWords({ left_s }, kind) {
  const making = t(`video_making_${kind}`);
  return left_s === null ? making : `${making} ${t("video_left", { time: duration(left_s) })}`;
}
