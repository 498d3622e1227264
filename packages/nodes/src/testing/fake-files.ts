import type { FileService } from '@trellis/spec'
import { FILE_IDENTITY, type FileValue } from '@trellis/variables'

/** A file that a run was given; its content is where the fake says. */
export function aFile(changes: Partial<FileValue> = {}): FileValue {
  return {
    dify_model_identity: FILE_IDENTITY,
    id: null,
    type: 'document',
    transfer_method: 'local_file',
    remote_url: null,
    reference: 'file-1',
    related_id: 'file-1',
    filename: 'a.txt',
    extension: '.txt',
    mime_type: 'text/plain',
    size: 3,
    url: 'https://files.example.com/a.txt',
    ...changes,
  }
}

/** Files whose content is a text each, by their name; what is saved is kept. */
export function createFakeFiles(contents: Readonly<Record<string, string>> = {}) {
  const saved: { readonly text: string; readonly filename: string; readonly mimeType: string }[] = []
  const files: FileService = {
    async read(file) {
      return { bytes: Buffer.from(contents[file.filename ?? ''] ?? ''), mimeType: file.mime_type ?? '' }
    },
    async save({ bytes, filename, mimeType }) {
      saved.push({ text: Buffer.from(bytes).toString('utf8'), filename, mimeType })
      return aFile({ transfer_method: 'tool_file', filename, mime_type: mimeType, size: bytes.length })
    },
    toContentPart: async () => undefined,
  }
  return { files, saved }
}
