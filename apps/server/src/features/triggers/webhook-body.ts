import { Busboy } from '@fastify/busboy'
import { type Dict, isDict, isList, PythonError, parseJson, type Value } from '@trellis/values'
import { FILE_IDENTITY } from '@trellis/variables'
import type { WebhookContentType } from './webhook-config.ts'
import { refusal, refuse } from './webhook-values.ts'

/** A file of a call, not stored yet. */
export interface ReceivedFile {
  /** The form's field; empty for a body that is one file. */
  readonly field: string
  readonly name: string
  readonly mimeType: string
  readonly bytes: Uint8Array
}

export interface ReceivedBody {
  readonly body: Value
  readonly files: readonly ReceivedFile[]
  /** The body itself, where it is one file. */
  readonly whole?: ReceivedFile
}

/** Reads a body as what its node expects. @throws AppError `bad_request` where it is something else */
export async function readBody(type: WebhookContentType, header: string, bytes: Buffer): Promise<ReceivedBody> {
  switch (type) {
    case 'application/json':
      return { body: readJson(bytes.toString('utf8')), files: [] }
    case 'application/x-www-form-urlencoded':
      return { body: readPairs(bytes.toString('utf8')), files: [] }
    case 'multipart/form-data':
      return readForm(header, bytes)
    case 'text/plain':
      return { body: { raw: bytes.toString('utf8') }, files: [] }
    case 'application/octet-stream':
      if (bytes.length === 0) return { body: { raw: null }, files: [] }
      return { body: {}, files: [], whole: { field: '', name: 'body.bin', mimeType: type, bytes } }
  }
}

/** Names and values of a query or a form; of a name that comes more than once, the first. */
export function readPairs(text: string): Dict {
  const pairs = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) if (!pairs.has(name)) pairs.set(name, value)
  return Object.fromEntries(pairs)
}

/** Deeper than anything that is sent on purpose; what is deeper still would exhaust the stack of whatever walks it later. */
const MAX_DEPTH = 200

function readJson(text: string): Value {
  if (text.trim() === '') return {}
  let value: Value
  try {
    value = parseJson(text)
  } catch (error) {
    if (error instanceof PythonError) return refuse(`The body is not valid JSON: ${error.message}.`)
    throw error
  }
  return plain(value, text.includes(FILE_IDENTITY) ? FILE_IDENTITY : undefined, MAX_DEPTH)
}

/** Without the mark of files: whoever writes it into a body would otherwise reach files of the workspace that were never theirs. */
function plain(value: Value, mark: string | undefined, depth: number): Value {
  if (depth === 0) return refuse(`The body is nested more than ${MAX_DEPTH} levels deep.`)
  if (isList(value)) return mapped(value, mark, depth)
  if (!isDict(value)) return value
  const entries = Object.entries(value).filter(([, item]) => mark === undefined || item !== mark)
  const items = mapped(
    entries.map(([, item]) => item),
    mark,
    depth,
  )
  return Object.fromEntries(entries.map(([key], index) => [key, items[index] ?? null]))
}

const mapped = (items: readonly Value[], mark: string | undefined, depth: number): readonly Value[] =>
  items.map((item) => plain(item, mark, depth - 1))

const FIELDS_AT_MOST = 200
const FILES_AT_MOST = 20

function readForm(header: string, bytes: Buffer): Promise<ReceivedBody> {
  return new Promise((resolve, reject) => {
    const fields = new Map<string, string>()
    const files = new Map<string, ReceivedFile>()
    const broken = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error)
      reject(refusal(`The form is broken: ${reason}. Check its boundary and its end.`))
    }
    try {
      const parser = new Busboy({
        headers: { 'content-type': header },
        limits: { fields: FIELDS_AT_MOST, files: FILES_AT_MOST, fieldSize: bytes.length },
      })
      parser.on('field', (name, value) => {
        if (!fields.has(name)) fields.set(name, value)
      })
      parser.on('file', (field, stream, name, _encoding, mimeType) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          if (name && !files.has(field)) files.set(field, { field, name, mimeType, bytes: Buffer.concat(chunks) })
        })
      })
      parser.on('fieldsLimit', () => reject(refusal(`The form has more than ${FIELDS_AT_MOST} fields.`)))
      parser.on('filesLimit', () => reject(refusal(`The form has more than ${FILES_AT_MOST} files.`)))
      parser.on('error', broken)
      parser.on('finish', () => resolve({ body: Object.fromEntries(fields), files: [...files.values()] }))
      parser.end(bytes)
    } catch (error) {
      broken(error)
    }
  })
}
