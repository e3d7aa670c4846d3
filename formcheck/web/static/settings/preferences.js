/** What this browser keeps of how the page looks and sounds; how it looks is put on the root of the page. */

const KEPT = "preferences";

/**
 * @typedef {object} Preferences
 * @property {boolean} voice Whether sentences are spoken.
 * @property {string | null} voiceName The voice, by its URI; `null`: the browser's own choice.
 * @property {number} speed Of the voice, in percent.
 * @property {boolean} sounds
 * @property {number} loudness Of the sounds, in percent.
 * @property {number} type The size of the type, in percent.
 * @property {"system" | "light" | "dark" | "contrast"} theme
 * @property {boolean} still Whether there is less motion than the system asks for.
 * @property {boolean} mirrored
 */

/** @type {Preferences} */
const DEFAULTS = {
  voice: true,
  voiceName: null,
  speed: 100,
  sounds: true,
  loudness: 100,
  type: 100,
  theme: "system",
  still: false,
  mirrored: true,
};

const lessMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** @type {Preferences} */
export const preferences = { ...DEFAULTS, ...kept() };

/** What is kept, as far as it is of the right kind. @returns {Partial<Preferences>} */
function kept() {
  try {
    const found = Object.entries(JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
    const known = /** @type {Record<string, unknown>} */ (DEFAULTS);
    return Object.fromEntries(found.filter(([name, value]) => typeof value === typeof known[name] || name === "voiceName"));
  } catch {
    return {};
  }
}

/** @param {Partial<Preferences>} changed */
export function prefer(changed) {
  Object.assign(preferences, changed);
  try {
    localStorage.setItem(KEPT, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing has it until the page is left.
  }
  applyPreferences();
}

/** Forget all that was chosen, here and in this browser. */
export function forgetPreferences() {
  localStorage.removeItem(KEPT);
  Object.assign(preferences, DEFAULTS);
  applyPreferences();
}

/** The key of the sentence that says how the person's own picture is shown. */
export function ownPicture() {
  return preferences.mirrored ? "own_picture" : "own_as_seen";
}

/** Put on the root of the page what styles go by. */
export function applyPreferences() {
  const { dataset, style } = document.documentElement;
  dataset.theme = preferences.theme;
  dataset.motion = preferences.still || lessMotion.matches ? "less" : "full";
  dataset.mirrored = `${preferences.mirrored}`;
  style.setProperty("--type", `${preferences.type / 100}`);
}

lessMotion.addEventListener("change", applyPreferences);
