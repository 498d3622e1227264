import { createContext } from 'react'

/** Where what we show lies. */
export interface OwnAddresses {
  /** Of this page. */
  readonly origin: string
  /** What links to our files begin with where they lead to another host; null: they lead here. */
  readonly filesUrl: string | null
}

/**
 * What is ours, where answers are read that strangers had a hand in: by its address alone a picture can tell another server what a model
 * was made to write into it, and who looks. Null: pictures are loaded.
 */
export const OwnPicturesOnly = createContext<OwnAddresses | null>(null)

/** The server that a picture would be asked of; undefined where it is ours, or the picture comes in its address. */
export function foreignHostOf(address: string, { origin, filesUrl }: OwnAddresses): string | undefined {
  if (!URL.canParse(address, origin)) return undefined
  const url = new URL(address, origin)
  if (!/^https?:$/u.test(url.protocol) || url.origin === origin) return undefined
  // A host that serves our files may serve other people's, too.
  return filesUrl !== null && url.href.startsWith(`${new URL(filesUrl).href.replace(/\/$/u, '')}/files/`) ? undefined : url.host
}
