/** Every fixed sentence of the page, by key: the server has them in one catalogue. */

/** @typedef {string | string[]} Row A sentence; or its forms, by the plural of the value `count`, in the order of CLDR. */

const CATEGORIES = /** @type {const} */ (["zero", "one", "two", "few", "many", "other"]);

/** @type {Record<string, Row>} */
let rows = {};
let plural = new Intl.PluralRules("en");

/**
 * Take the catalogue, and the language that it is in.
 *
 * @param {Record<string, Row>} words
 * @param {string} language
 */
export function setWords(words, language) {
  rows = words;
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

/**
 * Return the sentence `key` with `values` in its places; a sentence with plurals goes by the value `count`.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const row = rows[key] ?? key;
  return formOf(row, Number(values.count)).replace(/\{(\w+)\}/g, (place, name) => `${values[name] ?? place}`);
}

/** @param {Row} row @param {number} count */
function formOf(row, count) {
  if (typeof row === "string") return row;
  const known = new Set(plural.resolvedOptions().pluralCategories);
  return row[CATEGORIES.filter((category) => known.has(category)).indexOf(plural.select(count))] ?? row[row.length - 1];
}

/** @param {string} key @returns {boolean} */
export function hasWord(key) {
  return key in rows;
}

/**
 * Return a length of time in words: to the second below two minutes, above to the minute.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  return seconds < 120 ? t("seconds", { count: Math.round(seconds) }) : t("minutes", { count: Math.round(seconds / 60) });
}
