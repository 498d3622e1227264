import { EgressError, type EgressResponse, type FileService, type NodeLimits } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import mime from 'mime'
import { HttpRequestError } from './http-request-error.ts'
import { decodeText, filenameOf, isFileByContent, isFileByHeaders, typeOf } from './response-kind.ts'

/** The outputs of an HTTP node: a file where the answer is one, else its text. @throws HttpRequestError where it is too large */
export async function readResponse(
  response: EgressResponse,
  { limits, files }: { readonly limits: NodeLimits; readonly files: () => FileService },
): Promise<Record<string, Value | Variable>> {
  const { status, headers } = response
  const byHeaders = isFileByHeaders(headers)
  const bytes = await readBytes(response, byHeaders, limits)
  const isFile = byHeaders ?? isFileByContent(bytes)
  checkSize(bytes.length, isFile, limits)
  const saved = isFile ? [await files().save({ bytes, ...describeFile(response) })] : []
  return { status_code: status, body: isFile ? '' : decodeText(bytes, headers), headers, files: new Variable(saved, 'array[file]') }
}

async function readBytes(response: EgressResponse, isFile: boolean | undefined, limits: NodeLimits): Promise<Uint8Array> {
  const maxBytes = isFile === undefined ? Math.max(limits.httpMaxBinaryBytes, limits.httpMaxTextBytes) : limitOf(isFile, limits).maxBytes
  try {
    return await response.bytes({ maxBytes })
  } catch (error) {
    if (error instanceof EgressError && error.failure === 'too-large') throw tooLarge(isFile ?? true, limits)
    throw error
  }
}

function checkSize(sizeBytes: number, isFile: boolean, limits: NodeLimits): void {
  if (sizeBytes > limitOf(isFile, limits).maxBytes) throw tooLarge(isFile, limits)
}

const limitOf = (isFile: boolean, limits: NodeLimits) =>
  isFile
    ? { maxBytes: limits.httpMaxBinaryBytes, variable: 'HTTP_REQUEST_NODE_MAX_BINARY_SIZE' }
    : { maxBytes: limits.httpMaxTextBytes, variable: 'HTTP_REQUEST_NODE_MAX_TEXT_SIZE' }

function tooLarge(isFile: boolean, limits: NodeLimits): HttpRequestError {
  const { maxBytes, variable } = limitOf(isFile, limits)
  const remedy = `Ask for less, or raise ${variable}.`
  return new HttpRequestError('ResponseSizeError', `The answer is a ${isFile ? 'file' : 'text'} of more than ${maxBytes} bytes. ${remedy}`)
}

/** What the file is called and what it is: by what the answer says, else by the address. */
function describeFile({ headers, url }: EgressResponse): { readonly filename: string; readonly mimeType: string } {
  const told = filenameOf(headers['content-disposition'] ?? '')
  const inAddress = new URL(url).pathname.split('/').at(-1) ?? ''
  const mimeType = (told && mime.getType(told)) || typeOf(headers) || mime.getType(inAddress) || 'application/octet-stream'
  if (told) return { filename: told, mimeType }
  if (mime.getType(inAddress) !== null) return { filename: inAddress, mimeType }
  return { filename: `${inAddress || 'file'}.${mime.getExtension(mimeType) ?? 'bin'}`, mimeType }
}
