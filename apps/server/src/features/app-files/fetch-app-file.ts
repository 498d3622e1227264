import { type Egress, EgressError } from '@trellis/spec'
import { AppFileError } from './app-file.ts'

/** As Dify bounds them. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 5

const GITHUB_PAGE = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/blob\/(.+\.ya?ml)$/i

/** Pages of GitHub that show a file lead to the file. */
const toFileUrl = (url: string): string => url.replace(GITHUB_PAGE, 'https://raw.githubusercontent.com/$1/$2')

/** Reads an app file from anywhere on the public net. @throws AppFileError */
export async function fetchAppFile(egress: Egress, url: string): Promise<string> {
  try {
    const response = await egress.request({
      url: toFileUrl(url.trim()),
      policy: 'content',
      connectTimeoutMs: TIMEOUT_MS,
      headersTimeoutMs: TIMEOUT_MS,
      idleTimeoutMs: TIMEOUT_MS,
      maxRedirects: MAX_REDIRECTS,
      maxResponseBytes: MAX_FILE_BYTES,
    })
    const text = await response.text()
    if (response.status === 200) return text
    const message = `The address answered ${response.status} instead of a file.`
    throw new AppFileError(message, { reason: 'remote_file_status', values: { status: String(response.status) } })
  } catch (error) {
    if (!(error instanceof EgressError)) throw error
    const refusal = { reason: 'remote_file_failed', values: { said: error.message } } as const
    throw new AppFileError(`The file could not be fetched: ${error.message}`, refusal, { cause: error })
  }
}
