/** Text as large as its place allows, and no larger than its style says. */

const SMALLER = 0.94;
const LEAST = 0.3;

/** @type {WeakMap<HTMLElement, string>} What was fitted: nothing is measured twice. */
const fitted = new WeakMap();

/**
 * Make the text of an element smaller until it fits into it.
 *
 * @param {HTMLElement} element Its size must not depend on its text.
 */
export function fitText(element) {
  const room = `${element.textContent} ${element.clientWidth} ${element.clientHeight}`;
  if (element.clientHeight === 0 || fitted.get(element) === room) return;
  fitted.set(element, room);
  element.style.fontSize = "";
  const most = parseFloat(getComputedStyle(element).fontSize);
  for (let size = most; size > LEAST * most; size *= SMALLER) {
    element.style.fontSize = `${size}px`;
    if (element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1) return;
  }
}
