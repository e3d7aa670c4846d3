/** A report as the program writes it, within this page: as high as it is, and with type as large as here. */

import { h, setText, show } from "../page.js";
import { t } from "../words.js";

/**
 * @param {string} address
 * @param {string} title
 */
export function reportFrame(address, title) {
  const waiting = h("p", { role: "status" }, t("joining"));
  // Without scripts, which no report of progress has; of this origin, so that its height can be known.
  const frame = h("iframe", { src: address, title, sandbox: "allow-same-origin allow-popups" });
  frame.addEventListener("load", () => {
    const root = frame.contentDocument?.contentType === "text/html" ? frame.contentDocument.documentElement : null;
    if (root === null) {
      setText(waiting, t("report_failed"));
      frame.remove();
      return;
    }
    show(waiting, false);
    const fit = () => {
      root.style.fontSize = getComputedStyle(document.documentElement).fontSize;
      frame.style.height = `${root.getBoundingClientRect().height}px`;
    };
    new ResizeObserver(fit).observe(root);
    fit();
  });
  return h("div", { class: "report_frame" }, waiting, frame);
}
