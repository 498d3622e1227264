import { analyse } from 'chardet'
import { brokenFile } from '../failures.ts'

/** Enough to know a language by, little enough to take no time. */
const SAMPLE_BYTES = 64 * 1024

/** Text in whatever encoding: by its mark, as UTF-8 where it is that, or by its look. @throws ExtractionError where it is no text */
export function decodeText(bytes: Uint8Array): string {
  return decodeMarked(bytes) ?? decodeUtf8(bytes) ?? decodeByLook(bytes)
}

/** HTML and XML say themselves what encoding they are in. */
export function decodeMarkup(bytes: Uint8Array): string {
  return decodeMarked(bytes) ?? decodeDeclared(bytes) ?? decodeText(bytes)
}

/** Text whose encoding somebody names; what the name does not fit is decoded by its look. */
export function decodeNamed(bytes: Uint8Array, encoding: string): string {
  return decodeAs(bytes, encoding) ?? decodeText(bytes)
}

function decodeMarked(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder('utf-8').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return undefined
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  // UTF-16 without its mark is valid UTF-8 full of NULs.
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function decodeDeclared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024))
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)/i.exec(head) ?? /<meta[^>]*\bcharset\s*=\s*["']?([\w.:-]+)/i.exec(head)
  // A page that says so in ASCII cannot be in UTF-16: it was converted and its declaration left behind.
  return declared?.[1] === undefined || /^utf-?16/i.test(declared[1]) ? undefined : decodeAs(bytes, declared[1])
}

function decodeByLook(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const wide = findWideEncoding(sample)
  if (wide) return new TextDecoder(wide).decode(bytes)
  if (sample.includes(0)) throw brokenFile('it should be text and is binary')
  for (const { name } of analyse(sample)) {
    const text = decodeAs(bytes, name)
    if (text !== undefined && !isMostlyControls(text)) return text
  }
  const text = new TextDecoder('windows-1252').decode(bytes)
  if (isMostlyControls(text)) throw brokenFile('it should be text and is binary')
  return text
}

/** Most characters of Western text have a NUL beside them, and in Chinese text line ends and digits do. */
function findWideEncoding(sample: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const units = Math.floor(sample.length / 2)
  let evenZeros = 0
  let oddZeros = 0
  for (let index = 0; index < units * 2; index += 2) {
    if (sample[index] === 0) evenZeros += 1
    if (sample[index + 1] === 0) oddZeros += 1
  }
  if (evenZeros === oddZeros || Math.min(evenZeros, oddZeros) > 0) return undefined
  const encoding = oddZeros > evenZeros ? 'utf-16le' : 'utf-16be'
  return isMostlyControls(new TextDecoder(encoding).decode(sample.subarray(0, units * 2))) ? undefined : encoding
}

function decodeAs(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isMostlyControls(text: string): boolean {
  const sample = text.slice(0, SAMPLE_BYTES)
  const controls = sample.match(/\p{Cc}/gu)?.length ?? 0
  const blanks = sample.match(/[\t\n\v\f\r]/g)?.length ?? 0
  return (controls - blanks) * 20 > sample.length
}
