/** PROPERTY_GRAPHS multiplies the random graphs that a test tries: 20 is a minute or so of them. */
const times = Math.max(1, Number(process.env['PROPERTY_GRAPHS'] ?? 1) || 1)

/** So many graphs, ten times as many where PROPERTY_GRAPHS is 10. A failure says its seed and path, which repeat it. */
export const graphs = (count: number): { readonly numRuns: number } => ({ numRuns: count * times })

/** For suites of random graphs: the limit of other tests is too short for many of them. */
export const unhurried = { timeout: 600_000 } as const
