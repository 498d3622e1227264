/** Milliseconds since 1970, UTC. */
export type Milliseconds = number
/** 0 or 1: SQLite has no booleans, and one spelling for all dialects is simpler than three. */
export type Flag = 0 | 1
/** A JSON document as text: the same on every dialect, keys in the order in which they were written. */
export type JsonText = string

export const toFlag = (value: boolean): Flag => (value ? 1 : 0)
export const fromFlag = (flag: Flag): boolean => flag === 1
