/**
 * Text as large as its place allows, no larger than its style says, and hardly too small to be read from three metres: what does
 * not fit then is shown in parts, one after the other.
 */

const SMALLER = 0.94;
const LEAST = 0.3;
/** Capitals of a twentieth of the page can be read from three metres; they are about 0.72 of the type's size. */
const READABLE = 0.05 / 0.72;
/** A sentence that is whole in type so much smaller is understood sooner than one in parts. */
const WHOLE = 0.8;
/** On a page that is far higher than wide a word would have no room in such type. */
const WIDEST = 0.125;

const MORE = " …";
const PART_MS = 1500;
const PART_PER_LETTER_MS = 60;

/**
 * Make the text of an element smaller until it fits into it, or is of the size `least` (pixels); return whether it fits.
 *
 * @param {HTMLElement} element Its size must not depend on its text.
 * @param {number} [least]
 */
function fitText(element, least) {
  element.style.fontSize = "";
  const most = parseFloat(getComputedStyle(element).fontSize);
  const end = Math.min(most, least ?? LEAST * most);
  for (let size = most; size > end; size *= SMALLER) {
    element.style.fontSize = `${size}px`;
    if (fits(element)) return true;
  }
  element.style.fontSize = `${end}px`;
  return fits(element);
}

/** @param {HTMLElement} element */
function fits(element) {
  return element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1;
}

/** The text of an element, in parts where there is no room for all of it. */
export class FittedText {
  /**
   * @param {HTMLElement} element Its size must not depend on its text.
   * @param {boolean} [inParts] Else it becomes as small as it must.
   */
  constructor(element, inParts = true) {
    this.element = element;
    this.inParts = inParts;
    this.text = "";
    /** What was fitted: nothing is measured twice. */
    this.fitted = "";
    this.timer = 0;
  }

  /** @param {string | null | undefined} text @param {boolean} [inParts] */
  set(text, inParts = this.inParts) {
    this.text = text ?? "";
    this.inParts = inParts;
    this.fit();
  }

  fit() {
    const { element, text } = this;
    const room = `${text} ${this.inParts} ${element.clientWidth} ${element.clientHeight} ${window.innerHeight}`;
    if (this.fitted === room) return;
    window.clearTimeout(this.timer);
    element.textContent = text;
    this.fitted = element.clientHeight > 0 ? room : ""; // what is hidden has to be fitted once it is seen again
    if (this.fitted === "") return;
    const least = Math.min(READABLE * window.innerHeight, WIDEST * window.innerWidth);
    if (fitText(element, this.inParts ? WHOLE * least : undefined) || !this.inParts) return;
    fitText(element, least);
    this.show(this.parts(), 0, element.style.fontSize);
  }

  /** Cut the text where a sentence or a part of it ends, else between words, so that each part fits. @returns {string[]} */
  parts() {
    const parts = [""];
    for (const piece of this.text.split(/(?<=[.,;:!?]) /)) {
      for (const words of this.fitsAs(piece) ? [piece] : piece.split(" ")) {
        const longer = `${parts[parts.length - 1]} ${words}`.trim();
        if (parts[parts.length - 1] === "" || this.fitsAs(longer)) parts[parts.length - 1] = longer;
        else parts.push(words);
      }
    }
    return parts;
  }

  /** @param {string} text */
  fitsAs(text) {
    this.element.textContent = text + MORE;
    return fits(this.element);
  }

  /** @param {string[]} parts @param {number} number @param {string} size */
  show(parts, number, size) {
    const part = parts[number];
    this.element.textContent = number < parts.length - 1 ? part + MORE : part;
    this.element.style.fontSize = size;
    if (!fits(this.element)) fitText(this.element); // a word that is longer than a line
    if (parts.length === 1) return;
    const next = () => this.show(parts, (number + 1) % parts.length, size);
    this.timer = window.setTimeout(next, PART_MS + PART_PER_LETTER_MS * part.length);
  }

  close() {
    window.clearTimeout(this.timer);
  }
}
