/** For the end of a switch that handles every case: a new case is then a type error here. */
export function assertNever(value: never): never {
  throw new TypeError(`Unhandled case: ${JSON.stringify(value)}`)
}
