const SHORTEST_SHOWN = 12
const SHOWN = 3
const STARS = '******'

/** What a form sends for a key that it never got to see. */
const HIDDEN = '[__HIDDEN__]'

/** Enough of a key to tell it from another, and no more. */
export const maskApiKey = (key: string): string =>
  key.length < SHORTEST_SHOWN ? STARS : `${key.slice(0, SHOWN)}${STARS}${key.slice(-SHOWN)}`

/** Whether a form came back with what stands for the key instead of a new one. */
export const isMaskOf = (given: string, key: string | undefined): boolean =>
  given === HIDDEN || (key !== undefined && given === maskApiKey(key))
