/** The choice of a camera, where there are several. */

import { button, h, show } from "../page.js";
import { t } from "../words.js";
import { camera } from "./camera.js";

/**
 * @param {(id: string | null) => void} choose Gets the id of a camera.
 * @param {string} [again] The text of a button that tries the chosen one again.
 */
export function cameraChoice(choose, again) {
  const select = h("select", { id: "camera_choice", onchange: () => choose(select.value) });
  const field = h("p", { class: "field" }, h("label", { for: "camera_choice" }, t("camera")), select);
  void fill(select, field);
  return h(
    "div",
    { class: "camera_choice" },
    field,
    again ? button(again, () => choose(select.value || null), { class: "main" }) : null,
  );
}

/** @param {HTMLSelectElement} select @param {HTMLElement} field */
async function fill(select, field) {
  const cameras = await camera.list();
  // Before there is permission, cameras have neither names nor ids.
  const named = cameras.filter(({ deviceId }) => deviceId !== "");
  select.replaceChildren(
    ...named.map(({ deviceId, label }, i) =>
      h("option", { value: deviceId, selected: deviceId === camera.id }, label || t("camera_number", { number: i + 1 })),
    ),
  );
  show(field, named.length > 1);
}
