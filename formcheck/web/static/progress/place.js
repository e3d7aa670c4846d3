/** Where somebody was in the list of sessions: coming back from a report they are there again. */

/**
 * @typedef {object} Place
 * @property {string} address
 * @property {number} listed So many sessions were listed; 0: as many as are listed at first.
 * @property {number} scroll
 * @property {string} focus The ID of the element that had the focus.
 */

/** @type {Place | null} */
let left = null;

const LIST = "#/progress";

/** @param {Place | null} place */
export function leaveAt(place) {
  left = place;
}

/** Return where they were on the list of this address, if it was left there. @returns {Place | null} */
export function placeOf(address = location.hash) {
  return left?.address === address ? left : null;
}

/** The list as it was left. */
export function listAddress() {
  return left?.address ?? LIST;
}

/**
 * @param {{profile: string, weeks: string}} chosen
 */
export function progressAddress({ profile, weeks }) {
  const values = new URLSearchParams({ ...(profile && { profile }), ...(weeks && { weeks }) });
  return values.size === 0 ? LIST : `${LIST}?${values}`;
}
