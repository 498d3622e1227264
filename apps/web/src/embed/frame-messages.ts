/** What a published page in a frame and the script beside it tell each other; the first name is Dify's. */
export const frameMessages = {
  /** The page stands; with its look. */
  ready: 'dify-chatbot-iframe-ready',
  /** The window was opened: the page takes the keyboard. */
  opened: 'trellis-chatbot-opened',
  /** The page asks to be closed. */
  close: 'trellis-chatbot-close',
} as const

/** What a page tells of itself, so that the button beside it looks and speaks like it. */
export interface FrameLook {
  readonly title: string
  readonly language: string
  /** As `#rrggbb`: the button's ground, and what stands on it. Absent where the app has no colour of its own. */
  readonly color?: string
  readonly ink?: string
}

/** A look as it came in a message; what is none of it is left out. */
export function readLook(payload: unknown): Partial<FrameLook> {
  if (typeof payload !== 'object' || payload === null) return {}
  const fields = Object.entries(payload).filter(([name, value]) => typeof value === 'string' && patterns.get(name)?.test(value))
  return Object.fromEntries(fields)
}

const COLOR = /^#[\da-f]{6}$/iu
const patterns: ReadonlyMap<string, RegExp> = new Map([
  ['title', /^.{1,200}$/u],
  ['language', /^[\w-]{2,16}$/u],
  ['color', COLOR],
  ['ink', COLOR],
])
