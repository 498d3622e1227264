import { createContext } from 'react'

/**
 * The origin of this page, where answers are read that strangers had a hand in: by its address alone a picture can tell another server
 * what a model was made to write into it, and who looks. Null: pictures are loaded.
 */
export const OwnPicturesOnly = createContext<string | null>(null)

/** The server that a picture would be asked of; undefined where it is ours, or the picture comes in its address. */
export function foreignHostOf(address: string, origin: string): string | undefined {
  if (!URL.canParse(address, origin)) return undefined
  const url = new URL(address, origin)
  return /^https?:$/u.test(url.protocol) && url.origin !== origin ? url.host : undefined
}
