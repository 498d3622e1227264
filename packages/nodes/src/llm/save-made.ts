import type { FileService } from '@trellis/spec'
import type { FileValue } from '@trellis/variables'

/** Keeps what a model made as a file of the run's, named after its kind: `image.png`. */
export function saveMade(
  { mimeType, base64 }: { readonly mimeType: string; readonly base64: string },
  files: Pick<FileService, 'save'>,
): Promise<FileValue> {
  const [kind = 'file', subtype = 'bin'] = mimeType.split('/')
  // `svg+xml`, `x-wav`
  const extension = subtype.replace(/^x-/, '').replace(/\+.*$/, '')
  return files.save({ bytes: Buffer.from(base64, 'base64'), filename: `${kind}.${extension === 'jpeg' ? 'jpg' : extension}`, mimeType })
}
