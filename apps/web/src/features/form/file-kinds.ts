import type { FileType } from '@trellis/contracts'

/** Extensions by kind (service-api 0.7), as the server tells them apart. */
export const extensionsByType: Readonly<Record<Exclude<FileType, 'custom'>, readonly string[]>> = {
  image: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'svg'],
  video: ['mp4', 'mov', 'mpeg', 'webm'],
  audio: ['mp3', 'm4a', 'wav', 'amr', 'mpga'],
  document: ['txt', 'markdown', 'md', 'mdx', 'pdf', 'html', 'htm', 'xlsx', 'xls', 'docx', 'csv', 'vtt', 'properties'],
}

const kinds = Object.entries(extensionsByType) as [Exclude<FileType, 'custom'>, readonly string[]][] // Object.entries forgets the keys' type

/** What a file is, by its extension (lower case, without the dot) or else its MIME type. */
export function fileTypeOf(extension: string, mimeType: string): FileType {
  const byExtension = kinds.find(([, extensions]) => extensions.includes(extension))
  if (byExtension) return byExtension[0]
  const family = mimeType.split('/')[0]?.toLowerCase()
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'custom'
}

/** Lower case, without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** What stands after the last slash of an address, readable. */
export function nameInAddress(url: string): string {
  const path = url.split(/[?#]/u)[0] ?? ''
  const name = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
