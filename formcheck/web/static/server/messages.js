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
 * @property {"stretch" | "strength" | "routine" | "block"} kind
 * @property {string} title
 * @property {string} purpose
 * @property {number | null} seconds `null`: as long as one can.
 * @property {boolean} sides
 * @property {Silhouette[]} silhouettes
 * @property {string | null} safety
 * @property {string | null} [needs] Of a block: what to have at hand.
 * @property {string[]} [rules] Of a block: what to mind meanwhile.
 * @property {string[]} left_out What of it is left out, and why.
 */

/** @typedef {string | [string, string | null, PageNode[]]} PageNode Text, or an element: its tag, where it leads, and what is in it. */
/** @typedef {{title: string, intro: PageNode[], parts: {key: string, title: string, nodes: PageNode[]}[]}} PsoasPage */
/** @typedef {{name: string, title: string, text: string}} Offer */
/** @typedef {{title: string, seconds: number | null, times: number}} PlannedPart */
/** @typedef {{title: string, sentences: string[], asked_in_days: number | null, check: string | null, parts: PlannedPart[]}} Day */

/**
 * @typedef {object} Programme
 * @property {string} name
 * @property {string} title
 * @property {string} description
 * @property {string | null} last How much it hurt the last time, in a sentence.
 * @property {string} question
 * @property {string} where
 * @property {{value: string, text: string}[]} places
 * @property {Day | null} day What was planned today already.
 */

/** @typedef {{profile: string | null, pain: number, where: string, looked_at: boolean | null, check: boolean | null, again: boolean}} PainTold */
/** @typedef {{ask?: string, check?: string[], again_days?: number, day?: Day, trouble?: string | null}} Planned What is asked next, or the day. */

/** @typedef {{title: string, text: string, plan: string | null, stretch: string}} Prompt With the stretch that is offered, if any. */

/**
 * @typedef {object} SittingState A day at the desk; all but `running` only of one that was begun.
 * @property {boolean} running
 * @property {number} [every_s]
 * @property {{name: string, value: string}[]} [rows]
 * @property {string} [not_graded]
 * @property {string} [snooze]
 * @property {string | null} [snoozed]
 * @property {Prompt | null} [prompt]
 * @property {string | null} [trouble]
 * @property {boolean} [knows_all] Whether it is known what other programs do, as far as that matters.
 */

/** @typedef {{programme: Offer, checks: Offer[]}} Care */

/** @typedef {{id: string, title: string}} SessionName */

/**
 * @typedef {object} AppState
 * @property {string} version
 * @property {SessionName | null} session
 * @property {string[]} profiles
 * @property {string | null} profile The one that was chosen.
 */

/** @typedef {{id: string, text: string, conditions: string[], agreed: string | null}} Question Without `agreed` a yes is a yes. */
/** @typedef {{name: string, taken: string | null, trouble: string | null}} ProfileRow */
/** @typedef {{language: string, languages: Record<string, string>, profile: string | null, profiles: ProfileRow[]}} Settings */

/** @typedef {{questions: Question[]}} Questions */
/** @typedef {{id: string, yes: boolean, agreed: boolean | null}} Answer */

/**
 * @typedef {object} SessionRequest
 * @property {string | null} plan
 * @property {"auto" | "left" | "right"} side
 * @property {string | null} profile
 * @property {boolean} muted
 * @property {string | null} resume
 * @property {string} [check] Instead of a plan: a flexibility check.
 * @property {number | null} [level_deg] The camera's roll, before a check; `null`: not known.
 * @property {boolean} [film] Whether it is filmed.
 * @property {boolean} [calibrate] Whether it takes the baseline of `profile` instead.
 */

/**
 * @typedef {object} CheckAsked
 * @property {string[]} hurt What is said first, after sharp pain today.
 * @property {string} name
 * @property {string} title
 * @property {string} instruction
 * @property {string} setup
 * @property {string[]} not_with
 * @property {Question[]} questions
 * @property {string | null} left_out Why it is left out, by the answers so far.
 */

/**
 * @typedef {object} CheckResult
 * @property {string} name
 * @property {string} title
 * @property {string | null} nobody
 * @property {{title: string, rows: {name: string, value: string, words: string}[], error: string | null, reasons: string[]}[]} sides
 * @property {string} no_verdict
 * @property {string[]} changes
 * @property {string[]} remarks
 * @property {string} unseen_title
 * @property {string[]} unseen
 * @property {string} no_diagnosis
 * @property {string | null} trouble
 * @property {string | null} profile
 */

/** @typedef {{title?: string, questions?: Question[], result?: CheckResult}} CheckOver What is asked, or what is told. */
/** @typedef {{instruction: string | null, points: [number, number][], level_deg: number | null}} Level */

/** @typedef {"setup" | "countdown" | "stretch" | "guided" | "rest" | "paused" | "pain" | "lost" | "done"} Phase */
/** @typedef {"correct" | "adjust" | "elsewhere" | "unseen"} Status */
/** @typedef {{name: string, text: string, status: Status, value: number | null, full: [number, number], zero: [number, number]}} Gauge */
/** @typedef {{key: string, cap: string, text: string}} KeyCap */
/** @typedef {{key: string, cap: string, text: string, leads_to: string}} PainAnswer */
/** @typedef {{name: string, done: boolean, text: string}} SummaryRow */
/** @typedef {{headline: string, advice: string[], rows: SummaryRow[], sentences: string[]}} Summary `advice` is about pain. */
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
/** @typedef {{type: "over", summary: Summary | null, film: Film | null, report: string | null, trouble: string | null, then: string | null}} Over */
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

/**
 * What the camera sees of the person before a session; nothing while it is not known.
 *
 * @typedef {{status: Status | null, text: string | null, taken: number | null}} Sight `taken`: when the picture was taken.
 */

export {};
