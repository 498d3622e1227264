import { AppError, type AppErrorOptions, type ErrorCode } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readUpload, type UploadReader } from '../files/index.ts'
import { acceptedAudio, audioExtensionOf, baseType, toAudioName } from './audio-types.ts'

export interface Recording {
  readonly bytes: Uint8Array
  /** Ends as what it is. */
  readonly filename: string
  readonly mimeType: string
}

const MEGABYTE = 1024 * 1024
/** What providers of this kind take at most is about the same (service-api 0.7). */
const MOST_MEGABYTES = 30

/** What forms with a file answer, as callers of speech know it. */
const codes: Partial<Record<ErrorCode, ErrorCode>> = {
  no_file_uploaded: 'bad_request_key_error',
  file_too_large: 'audio_too_large',
  unsupported_file_type: 'unsupported_audio_type',
}

/**
 * Reads a form with one recording (part `file`).
 * @throws `bad_request_key_error`, `no_audio_uploaded`, `audio_too_large`, `unsupported_audio_type`, `too_many_files`
 */
export async function readRecording(
  request: FastifyRequest,
  reply: FastifyReply,
  uploads: UploadReader,
): Promise<{ readonly recording: Recording; readonly user: string | undefined }> {
  const { file, fields } = await readUpload(request, reply, { ...uploads, maxBytesOf: () => MOST_MEGABYTES * MEGABYTE }).catch(
    (error: unknown) => {
      const code = AppError.is(error) ? codes[error.code] : undefined
      throw code === undefined ? error : new AppError(code, code === 'audio_too_large' ? tooLarge : { cause: error })
    },
  )
  const extension = audioExtensionOf(file.mimeType)
  if (extension === undefined) {
    const message = `A recording of the type ${file.mimeType || '(none)'} is not accepted. Send one of audio/${acceptedAudio.join(', audio/')}.`
    throw new AppError('unsupported_audio_type', { message })
  }
  if (file.bytes.byteLength === 0) throw new AppError('no_audio_uploaded')
  const recording = { bytes: file.bytes, filename: toAudioName(file.name, extension), mimeType: baseType(file.mimeType) }
  return { recording, user: fields.user || undefined }
}

const tooLarge: AppErrorOptions = {
  message: `A recording may have at most ${MOST_MEGABYTES} MB.`,
  refusal: { reason: 'recording_too_large', values: { megabytes: MOST_MEGABYTES } },
}
