import type { Json } from './console.ts'

/** The frames of a whole event stream. Pings, which have no data, are left out. */
export function parseFrames(text: string): Json[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => JSON.parse(block.slice('data: '.length)))
}

/** The text that the frames of an answer spell. */
export const textOf = (frames: readonly Json[]): string => frames.map(({ event, answer }) => (event === 'message' ? answer : '')).join('')

export const eventsOf = (frames: readonly Json[]): string[] => [...new Set<string>(frames.map(({ event }) => event))]
