/** A question before what cannot be undone, or gone back to. */

import { button, h } from "./page.js";
import { troubleNote } from "./views.js";
import { t } from "./words.js";

/**
 * Ask whether to do something, and do it after a yes. What goes wrong is told in the dialog, which stays then. Who only presses
 * Enter leaves it.
 *
 * @param {string} question
 * @param {(string | null)[]} sentences What goes, and what stays.
 * @param {string} yes
 * @param {() => Promise<void>} act
 * @param {string} [no]
 * @returns {Promise<boolean>} Whether it was done.
 */
export function ask(question, sentences, yes, act, no = t("keep_it")) {
  const trouble = h("div", {});
  const doing = button(yes, () => void done(), { class: "main" });
  const leaving = button(no, () => dialog.close());
  const title = h("h2", { id: "dialog_title" }, question);
  const told = h("div", { id: "dialog_told" }, ...sentences.map((sentence) => sentence !== null && h("p", {}, sentence)));
  const dialog = h("dialog", { "aria-labelledby": title.id, "aria-describedby": told.id }, title, told, trouble, h("p", { class: "ways" }, doing, leaving));
  let was = false;

  async function done() {
    doing.disabled = true;
    try {
      await act();
      was = true;
      dialog.close();
    } catch (error) {
      trouble.replaceChildren(troubleNote(error));
      doing.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  leaving.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(was);
    });
  });
}
