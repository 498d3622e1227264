import type { consoleFileRoutes, ResponseOf, UploadedFile } from '@trellis/contracts'
import { basePath } from '../base-path.ts'
import type { HttpClient } from './http-client.ts'
import { sendFile } from './send-file.ts'

type RemoteFile = ResponseOf<typeof consoleFileRoutes.getRemoteFileInfo>

/** Bounds of a server, in MB. */
export interface UploadLimits {
  readonly image_file_size_limit: number
  readonly video_file_size_limit: number
  readonly audio_file_size_limit: number
  readonly file_size_limit: number
}

export interface UploadOptions {
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly onProgress: (progress: number) => void
}

/** How forms bring files to the server that they stand on. Each call throws its ApiError. */
export interface FilePort {
  limits(): Promise<UploadLimits>
  /** Gives the upload's id. */
  upload(file: File, options: UploadOptions): Promise<string>
  /** What the server finds at an address; a size of 0 is not known. */
  describe(url: string, signal: AbortSignal): Promise<{ readonly mimeType: string; readonly sizeBytes: number }>
}

/** Files for trial runs. */
export function createFilesApi(http: HttpClient): FilePort {
  return {
    // Asked before each upload, which renews the session where it has to be.
    limits: () => http.get('/files/upload'),
    upload: async (file, options) => {
      const answer = await sendFile({ url: `${basePath()}/console/api/files/upload`, headers: http.headers(), file, ...options })
      // Our own server's answer, in the shape of its contract.
      return (answer as UploadedFile).id
    },
    describe: async (url, signal) => {
      const { file_type: mimeType, file_length: sizeBytes } = await http.get<RemoteFile>(`/remote-files/${encodeURIComponent(url)}`, {
        signal,
      })
      return { mimeType, sizeBytes }
    },
  }
}
