/** The choice of a camera, where there are several. */

import { button, h, show } from "../page.js";
import { t } from "../words.js";
import { camera } from "./camera.js";

/**
 * @param {(id: string | null) => void} choose Gets the id of a camera.
 * @param {string} [again] The text of a button that tries the chosen one again.
 * @param {boolean} [always] Whether it is shown where there is only one, too.
 */
export function cameraChoice(choose, again, always = false) {
  const select = h("select", { id: "camera_choice", onchange: () => choose(select.value) });
  const field = h("p", { class: "field" }, h("label", { for: "camera_choice" }, t("camera")), select);
  void fill(select, field, always);
  return h(
    "div",
    { class: "camera_choice" },
    field,
    again ? button(again, () => choose(select.value || null), { class: "main" }) : null,
  );
}

/** @param {HTMLSelectElement} select @param {HTMLElement} field @param {boolean} always */
async function fill(select, field, always) {
  const used = camera.id;
  const cameras = await camera.list();
  // Before there is permission, cameras have neither names nor ids.
  const named = cameras.filter(({ deviceId }) => deviceId !== "");
  select.replaceChildren(
    ...named.map(({ deviceId, label }, i) =>
      h("option", { value: deviceId, selected: deviceId === used }, label || t("camera_number", { number: i + 1 })),
    ),
  );
  show(field, always || named.length > 1);
}
