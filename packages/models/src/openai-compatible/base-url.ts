/** The address without what people paste along with it: spaces, a final slash, the path of an operation. */
export function toBaseUrl(address: string): string {
  return address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/(?:chat\/completions|completions|embeddings|models)$/, '')
}

/** The same, for servers that serve the wire under `/v1` whether or not the address says so. */
export function toVersionedBaseUrl(address: string): string {
  const base = toBaseUrl(address)
  return /\/v\d+[a-z]*$/.test(base) ? base : `${base}/v1`
}
