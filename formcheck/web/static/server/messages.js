/** What page and server say to each other, as types. Nothing here runs. */

/** @typedef {[number, number, number, number, number, number]} Limb Two circles and their hull: x, y, radius of each. */
/** @typedef {[number, number, number, number, number]} Stroke From x, y to x, y, and the width. */
/** @typedef {[number, number, number, number, number, string]} TonedStroke */
/** @typedef {[number, number, number, string]} TonedDot */

/**
 * @typedef {object} Silhouette A body in its posture: y up, one high, from 0 to `width`.
 * @property {Limb[]} limbs
 * @property {Limb[]} [stretched] The limbs that are stretched, shown more solid.
 * @property {Stroke[]} lines
 * @property {number} width
 */

/**
 * @typedef {object} Card
 * @property {string} plan
 * @property {"stretch" | "routine" | "block"} kind
 * @property {string} title
 * @property {string} purpose
 * @property {number | null} seconds `null`: as long as one can.
 * @property {boolean} sides
 * @property {Silhouette[]} silhouettes
 * @property {string | null} safety
 */

/** @typedef {{id: string, title: string}} SessionName */

/**
 * @typedef {object} AppState
 * @property {string} version
 * @property {string} [language]
 * @property {SessionName | null} session
 * @property {string[]} profiles
 * @property {string | null} profile The one that was chosen.
 * @property {Record<string, import("../words.js").Row>} words
 */

/** @typedef {{name: string, taken: string | null, trouble: string | null}} ProfileRow */
/** @typedef {{language: string, languages: Record<string, string>, profile: string | null, profiles: ProfileRow[]}} Settings */

/** @typedef {{id: string, text: string, conditions: string[], agreed: string}} Question */
/** @typedef {{questions: Question[]}} Questions */
/** @typedef {{id: string, yes: boolean, agreed: boolean | null}} Answer */

/**
 * @typedef {object} SessionRequest
 * @property {string | null} plan
 * @property {"auto" | "left" | "right"} side
 * @property {string | null} profile
 * @property {boolean} muted
 * @property {string | null} resume
 * @property {boolean} film Whether it is filmed.
 * @property {boolean} calibrate Whether it takes the baseline of `profile` instead.
 */

/** @typedef {{id: string, title: string, excluded: string[], remarks: string[]}} Started */

/** @typedef {"setup" | "countdown" | "stretch" | "guided" | "rest" | "paused" | "pain" | "lost" | "done"} Phase */
/** @typedef {"correct" | "adjust" | "elsewhere" | "unseen"} Status */
/** @typedef {{name: string, text: string, status: Status, value: number | null, full: [number, number], zero: [number, number]}} Gauge */
/** @typedef {{key: string, cap: string, text: string}} KeyCap */
/** @typedef {{key: string, cap: string, text: string, leads_to: string}} PainAnswer */
/** @typedef {{name: string, done: boolean, text: string}} SummaryRow */
/** @typedef {{headline: string, rows: SummaryRow[], sentences: string[]}} Summary */
/** @typedef {{inhaling: boolean, share: number}} Breath */

/**
 * @typedef {object} Block
 * @property {string} name
 * @property {string} do
 * @property {string | null} pressure
 * @property {number | null} left_s
 * @property {string | null} rule
 * @property {string | null} needs
 */

/**
 * @typedef {object} Screen
 * @property {"screen"} type
 * @property {number | null} taken
 * @property {Phase} phase
 * @property {string} title
 * @property {string | null} step
 * @property {string | null} side
 * @property {{text: string, status: Status} | null} verdict
 * @property {string | null} instruction
 * @property {string | null} coaching
 * @property {number | null} count
 * @property {string | null} count_of
 * @property {number} held
 * @property {number} held_s
 * @property {number | null} goal_s
 * @property {string | null} of_goal
 * @property {boolean} counting
 * @property {Breath | null} breath
 * @property {Block | null} block
 * @property {string | null} upcoming
 * @property {{lines: TonedStroke[], dots: TonedDot[]}} figure
 * @property {[number, number, number, number] | null} focus
 * @property {Gauge[]} gauges
 * @property {Silhouette | null} silhouette
 * @property {KeyCap[]} keys
 * @property {PainAnswer[]} answers
 * @property {boolean} muted
 * @property {boolean} recording
 * @property {Summary | null} summary
 */

/** @typedef {"ready" | "tick" | "start" | "lapse" | "half" | "done" | "change" | "alert" | "in" | "out"} Chime */
/** @typedef {{type: "say", text: string | null, chime: Chime | null, urgent: boolean}} Say */
/** @typedef {{name: string, told: string}} Film */
/** @typedef {{type: "over", summary: Summary | null, film: Film | null, report: string | null, trouble: string | null}} Over */
/** @typedef {{type: "elsewhere"}} Elsewhere */
/** @typedef {{type: "error", sentences: string[]}} Failed */
/** @typedef {Screen | Say | Over | Elsewhere | Failed} Message */

/** @typedef {{title: string, side: string, held: string, notes: string}} KeptLine */

/**
 * @typedef {object} KeptSession
 * @property {string} id
 * @property {string} title
 * @property {string} day
 * @property {string | null} profile
 * @property {string | null} cut
 * @property {KeptLine[]} lines
 * @property {string[]} told
 * @property {string | null} nothing
 * @property {string | null} partly
 */

/** @typedef {{id: string, title: string, day: string, profile: string | null, lines: string[]}} KeptCheck */

/**
 * @typedef {object} KeptSessions
 * @property {KeptSession[]} sessions
 * @property {{id: string, told: string}[]} damaged
 * @property {KeptCheck[]} checks
 * @property {{profile: string, name: string}[]} people
 * @property {number | null} next After how many sessions there are more.
 * @property {string[]} tables Endings of the files in which the sessions can be had.
 */

/** @typedef {{kind: string, use: string, files: number, bytes: number, folders: string[]}} KeptKind */

export {};
