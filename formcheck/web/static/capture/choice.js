/** The choice of a camera, where there are several. */

import { choiceField, fillChoice } from "../fields.js";
import { button, h, show } from "../page.js";
import { t } from "../words.js";
import { camera } from "./camera.js";

/**
 * @param {(id: string | null) => void} choose Gets the id of a camera.
 * @param {string} [again] The text of a button that tries the chosen one again.
 * @param {boolean} [always] Whether it is shown where there is only one, too.
 */
export function cameraChoice(choose, again, always = false) {
  const field = choiceField("camera_choice", t("camera"), [], "", choose);
  const select = /** @type {HTMLSelectElement} */ (field.querySelector("select"));
  void fill(select, field, always);
  return h("div", { class: "camera_choice" }, field, again && button(again, () => choose(select.value || null), { class: "main" }));
}

/** @param {HTMLSelectElement} select @param {HTMLElement} field @param {boolean} always */
async function fill(select, field, always) {
  const used = camera.id;
  const cameras = await camera.list();
  // Before there is permission, cameras have neither names nor ids.
  const named = cameras.filter(({ deviceId }) => deviceId !== "");
  fillChoice(select, named.map(({ deviceId, label }, i) => [deviceId, label || t("camera_number", { number: i + 1 })]), used ?? "");
  show(field, always || named.length > 1);
}
