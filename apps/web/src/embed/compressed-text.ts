/** Far more than a form takes: what is longer is none of ours, and a small text may expand to any size. */
const MAX_BYTES = 256 * 1024
/** Gzip's first three bytes, in base64. */
const GZIP = /^H4sI[\w+/-]*={0,2}$/u

/** Text as Dify passes it on in addresses: gzip, in base64. */
export async function compressText(text: string): Promise<string> {
  const bytes = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''))
}

/** What was compressed; undefined where nothing was, or too much. Takes it as addresses garble it as well: escaped twice, a space for a plus. */
export async function expandText(given: string): Promise<string | undefined> {
  const text = unescaped(given).replaceAll(' ', '+')
  if (!GZIP.test(text)) return undefined
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
    return await readText(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')))
  } catch {
    return undefined
  }
}

async function readText(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > MAX_BYTES) {
      void reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

function unescaped(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}
