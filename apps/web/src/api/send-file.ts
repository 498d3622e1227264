import { ApiError, toApiError } from './api-error.ts'

export interface SendFileOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly file: File
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly onProgress: (progress: number) => void
}

/** Uploads one file as the part `file` and gives the answer's JSON. By XMLHttpRequest: fetch does not tell how far an upload is. */
export function sendFile({ url, headers, file, signal, onProgress }: SendFileOptions): Promise<unknown> {
  const body = new FormData()
  body.set('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (cause?: unknown) => reject(new ApiError({ code: 'network_unreachable', message: '', status: 0, cause }))
    request.open('POST', url)
    for (const [name, value] of Object.entries({ accept: 'application/json', ...headers })) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => fail()
    request.onabort = () => reject(signal.reason)
    request.onload = () => {
      const answer = parse(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer !== undefined) resolve(answer)
      else reject(toApiError(request.status, answer, request.getResponseHeader('retry-after')))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    if (signal.aborted) reject(signal.reason)
    else request.send(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
