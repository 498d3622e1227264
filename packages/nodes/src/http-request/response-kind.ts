/** Kinds of `application/*` that are text. */
const TEXT_KINDS = /json|xml|javascript|x-www-form-urlencoded|yaml|graphql/
/** Text of any kind that programs write has one of these. */
const TEXT_MARKS = /[{[<]|function|var |const |let /
const FILE_TYPES = /^(application|image|audio|video)\/|(image|audio|video)\//
const SAMPLE_BYTES = 1024

/** Whether an answer is a file; undefined where only its first bytes can tell. */
export function isFileByHeaders(headers: Readonly<Record<string, string>>): boolean | undefined {
  if (isFileByDisposition(headers['content-disposition'] ?? '')) return true
  const type = typeOf(headers)
  if (type.startsWith('text/') && !type.includes('csv')) return false
  if (!type.startsWith('application/')) return FILE_TYPES.test(type)
  return TEXT_KINDS.test(type) ? false : undefined
}

/** Of `application/*` that could be either. */
export function isFileByContent(bytes: Uint8Array): boolean {
  try {
    // A character that the sample cuts in two does not count against it.
    const sample = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, SAMPLE_BYTES), {
      stream: bytes.length > SAMPLE_BYTES,
    })
    return !TEXT_MARKS.test(sample)
  } catch {
    return true
  }
}

/** The media type, in lower case and without parameters. */
export const typeOf = (headers: Readonly<Record<string, string>>): string =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const isFileByDisposition = (disposition: string): boolean =>
  /^\s*attachment\s*(;|$)/i.test(disposition) || filenameOf(disposition) !== undefined

/** The filename that a `content-disposition` tells, without folders. */
export function filenameOf(disposition: string): string | undefined {
  const [, extended] = /;\s*filename\*\s*=\s*(?:UTF-8|utf-8)''([^;]+)/.exec(disposition) ?? []
  const [, quoted, bare] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/i.exec(disposition) ?? []
  const name = decode(extended) ?? quoted?.replace(/\\(.)/g, '$1') ?? bare?.trim()
  return name?.split(/[/\\]/).at(-1)
}

function decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return decodeURIComponent(text.trim())
  } catch {
    return undefined
  }
}

/** The text of a body, in the character set that the headers name; UTF-8 where they name none that is known. */
export function decodeText(bytes: Uint8Array, headers: Readonly<Record<string, string>>): string {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(headers['content-type'] ?? '') ?? []
  return decoderOf(charset).decode(bytes)
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { ignoreBOM: true })
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true })
  }
}
