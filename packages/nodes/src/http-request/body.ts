import { createMultipartBody, type MultipartFile } from '@trellis/kit'
import type { EgressRequest, FileService } from '@trellis/spec'
import { dumpJson, isList, repairJson, type Value } from '@trellis/values'
import { type FileValue, filesOf, isFile, type VariableReader } from '@trellis/variables'
import type { Body, BodyItem } from './config.ts'
import { encodeForm } from './form-encoding.ts'
import { HttpRequestError } from './http-request-error.ts'
import { FORM_BOUNDARY, type FormFile, logFields, logFiles } from './log-form.ts'
import { laterWins, type Render } from './rendered.ts'

export interface RequestBody {
  readonly content: Pick<EgressRequest, 'body' | 'bodySizeBytes'>
  /** Where the headers name none. */
  readonly contentType?: string
  /** Takes the place of what the headers name: only this one knows the boundary. */
  readonly multipartType?: string
  readonly log: string
  readonly logContentType?: string
}

export interface BodyContext {
  readonly render: Render
  readonly variables: VariableReader
  readonly files: () => FileService
  readonly signal: AbortSignal
}

const EMPTY: RequestBody = { content: {}, log: '' }

/** @throws HttpRequestError; what the file service throws */
export function buildBody(body: Body | null | undefined, context: BodyContext): RequestBody | Promise<RequestBody> {
  switch (body?.type) {
    case undefined:
    case 'none':
      return EMPTY
    case 'raw-text':
      return textBody(onlyItem(body), context)
    case 'json':
      return jsonBody(onlyItem(body), context)
    case 'binary':
      return binaryBody(onlyItem(body), context)
    case 'x-www-form-urlencoded':
      return urlEncodedBody(body.data, context)
    case 'form-data':
      return formDataBody(body.data, context)
  }
}

function onlyItem({ type, data }: Body): BodyItem {
  const [item] = data
  if (item && data.length === 1) return item
  throw new HttpRequestError('RequestBodyError', `A body of type ${type} has exactly one item, but the node has ${data.length}.`)
}

function textBody({ value }: BodyItem, { render }: BodyContext): RequestBody {
  const { text, log } = render(value)
  return { content: { body: text }, contentType: 'text/plain', log }
}

function jsonBody({ value }: BodyItem, { render }: BodyContext): RequestBody {
  const { text, log } = render(value)
  const json = repairJson(text)
  if (json === undefined) {
    throw new HttpRequestError('RequestBodyError', 'The body is not JSON, and cannot be mended. Check it, and the variables within it.')
  }
  return { content: { body: toJsonText(json) }, contentType: 'application/json', log }
}

function toJsonText(json: Value): string {
  const text = dumpJson(json, { compact: true, ensureAscii: false })
  // Python's writer makes words of them that JSON does not have.
  if (/NaN|Infinity/.test(text) && !isStrictJson(text)) {
    throw new HttpRequestError('RequestBodyError', 'The body has a number that JSON cannot hold: NaN or an infinity.')
  }
  return text
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function binaryBody({ file: selector }: BodyItem, { variables, files, signal }: BodyContext): Promise<RequestBody> {
  const value = variables.get(selector)?.value
  if (!isFile(value)) {
    throw new HttpRequestError('FileFetchError', `The variable ${selector.join('.')} is not a file. Choose one for the body.`)
  }
  const { bytes } = await files().read(value, signal)
  return { content: { body: bytes }, log: `<binary_content: size=${bytes.length} bytes>` }
}

function urlEncodedBody(items: readonly BodyItem[], { render }: BodyContext): RequestBody {
  const pairs = items.map(({ key, value }) => ({ name: render(key), value: render(value) }))
  return {
    content: pairs.length === 0 ? {} : { body: encodeForm(laterWins(pairs, 'text')) },
    contentType: 'application/x-www-form-urlencoded',
    log: encodeForm(laterWins(pairs, 'log')),
  }
}

async function formDataBody(items: readonly BodyItem[], context: BodyContext): Promise<RequestBody> {
  const { render } = context
  const pairs = items.filter(({ type }) => type === 'text').map(({ key, value }) => ({ name: render(key), value: render(value) }))
  const files = await readFormFiles(items, context)
  const fields = laterWins(pairs, 'text').map(([name, value]) => ({ name, value }))
  const form = createMultipartBody([...fields, ...(files.length > 0 ? files : [placeholder])])
  return {
    content: { body: form.body, bodySizeBytes: form.bodySizeBytes },
    multipartType: form.contentType,
    log: files.length > 0 ? logFiles(files) : logFields(laterWins(pairs, 'log')),
    logContentType: `multipart/form-data; boundary=${FORM_BOUNDARY}`,
  }
}

/** Makes a form without files a multipart one all the same, as Dify sends it. */
const placeholder: MultipartFile = {
  name: '__multipart_placeholder__',
  filename: '',
  contentType: 'application/octet-stream',
  content: new Uint8Array(),
}

async function readFormFiles(items: readonly BodyItem[], { render, variables, files, signal }: BodyContext): Promise<FormFile[]> {
  const wanted = new Map(items.filter(({ type }) => type === 'file').map(({ key, file }) => [render(key).text, file]))
  const parts: FormFile[] = []
  for (const [name, selector] of wanted) {
    for (const file of filesIn(variables.get(selector)?.value)) {
      const { bytes } = await files().read(file, signal)
      parts.push({ name, filename: file.filename ?? '', contentType: file.mime_type ?? 'application/octet-stream', content: bytes })
    }
  }
  return parts
}

const filesIn = (value: Value | undefined): readonly FileValue[] =>
  (isFile(value) ? [value] : isList(value) ? filesOf(value) : []).filter(
    (file) => file.reference !== null || file.related_id !== null || (file.transfer_method === 'remote_url' && file.remote_url !== null),
  )
