import { AppError, type ErrorCode } from '@trellis/contracts'
import { type DocumentService, ExtractionError, type ExtractionFailure, type Extractor, type FileService } from '@trellis/spec'

const codes: Readonly<Record<ExtractionFailure, ErrorCode>> = {
  'unsupported-type': 'unsupported_file_type',
  'too-large': 'file_too_large',
  'broken-file': 'document_not_readable',
  'encrypted-file': 'document_not_readable',
  timeout: 'document_not_readable',
  unavailable: 'service_unavailable',
}

/** The text of documents that a run was given or made. */
export function createDocumentService({
  files,
  extractor,
}: {
  readonly files: FileService
  readonly extractor: Extractor
}): DocumentService {
  return {
    async extract(file, signal) {
      const { bytes, mimeType } = await files.read(file, signal)
      try {
        const { text } = await extractor.extract(
          {
            bytes,
            mimeType: file.mime_type || mimeType,
            ...(file.filename ? { filename: file.filename } : {}),
            ...(file.extension ? { extension: file.extension } : {}),
          },
          signal,
        )
        return text
      } catch (cause) {
        if (ExtractionError.is(cause)) throw new AppError(codes[cause.failure], { message: cause.message, cause })
        throw cause
      }
    },
  }
}
