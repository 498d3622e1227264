import type { FileType } from '@trellis/contracts'

/** Extensions by kind (service-api 0.7). */
const extensionsByType: Readonly<Record<Exclude<FileType, 'custom'>, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
  document: ['txt', 'markdown', 'md', 'mdx', 'pdf', 'html', 'htm', 'xlsx', 'xls', 'docx', 'csv', 'vtt', 'properties'],
}

export const documentExtensions = extensionsByType.document

const kinds = Object.entries(extensionsByType) as [Exclude<FileType, 'custom'>, readonly string[]][] // Object.entries forgets the keys' type

/** What a file is, by its extension (lower case, without the dot) or else its MIME type. */
export function fileTypeOf(extension: string, mimeType: string): FileType {
  const byExtension = kinds.find(([, extensions]) => extensions.includes(extension))
  if (byExtension) return byExtension[0]
  const family = mimeType.split('/')[0]?.toLowerCase()
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'custom'
}

export const extensionOf = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** Types that a browser may show on our own address; everything else is handed out as a download. */
const inlineTypes = /^(image\/(?!svg)|audio\/|video\/|(application\/pdf|text\/plain)\s*(;|$))/i

export const mayShowInline = (mimeType: string): boolean => inlineTypes.test(mimeType)
export const isMedia = (mimeType: string): boolean => /^(audio|video)\//i.test(mimeType)
