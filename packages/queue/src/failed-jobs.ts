/** What is kept of jobs that failed for good, for whoever looks why: those of a week, and no more of a queue than can be looked at. */
export const FAILED_KEPT = { seconds: 7 * 24 * 3600, mostOfQueue: 10_000 } as const
