/** Elements of the page, made without markup in strings: what comes from the server is text and stays text. */

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Property */

/**
 * Return an element. A property whose name begins with `on` is a listener; `true` is an attribute without a value; `null`,
 * `undefined` and `false` are left out.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, Property>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : `${value}`);
  }
  element.append(...present(children));
  return element;
}

/**
 * Return an element of a drawing.
 *
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...present(children));
  return element;
}

/** Have an element contain these, and nothing else. @param {Element} element @param {...Child} children */
export function put(element, ...children) {
  element.replaceChildren(...present(children));
}

/**
 * Set the text of an element where it differs, so that nothing is laid out anew that stays.
 *
 * @param {Element} element
 * @param {string | null | undefined} text
 */
export function setText(element, text) {
  if (element.textContent !== (text ?? "")) element.textContent = text ?? "";
}

/**
 * Show or hide an element.
 *
 * @param {HTMLElement} element
 * @param {boolean} shown
 */
export function show(element, shown) {
  if (element.hidden === shown) element.hidden = !shown;
}

/**
 * Return a button.
 *
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, Property>} [properties]
 */
export function button(text, act, properties = {}) {
  return h("button", { type: "button", onclick: act, ...properties }, text);
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function present(children) {
  return /** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false));
}
