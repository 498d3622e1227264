/** Dify's wire tells times in whole seconds. */
export const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

export const toSecondsOrNull = (milliseconds: number | null): number | null => (milliseconds === null ? null : toSeconds(milliseconds))
