/** Extensions of recordings by their type. Dify takes the first five; browsers record the rest. */
const extensionsByType: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'audio/mp3': 'mp3',
    'audio/mpga': 'mpga',
    'audio/m4a': 'm4a',
    'audio/wav': 'wav',
    'audio/amr': 'amr',
    'audio/mpeg': 'mp3',
    'audio/mp4': 'm4a',
    'audio/x-m4a': 'm4a',
    'audio/x-wav': 'wav',
    'audio/wave': 'wav',
    'audio/vnd.wave': 'wav',
    'audio/webm': 'webm',
    'audio/ogg': 'ogg',
    'audio/flac': 'flac',
    'audio/x-flac': 'flac',
  }),
)

export const acceptedAudio: readonly string[] = [...new Set(extensionsByType.values())]

/** Undefined for a type that is not accepted. What follows the type (`;codecs=opus`) does not matter. */
export const audioExtensionOf = (mimeType: string): string | undefined => extensionsByType.get(baseType(mimeType))

/** Providers tell a format by the name: it keeps an extension of sound, and gets that of the type where it has none. */
export function toAudioName(name: string, extension: string): string {
  const own = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase()
  return own !== undefined && acceptedAudio.includes(own) ? `speech.${own}` : `speech.${extension}`
}

/** `audio/webm` of `audio/webm;codecs=opus`. */
export const baseType = (mimeType: string): string => mimeType.split(';')[0]?.trim().toLowerCase() ?? ''

/** What a stream of audio is, by how it begins: providers say it unreliably. MP3, which nearly all of them give, where nothing tells. */
export function sniffAudioType(start: Uint8Array): string {
  const text = (from: number, to: number): string => String.fromCharCode(...start.subarray(from, to))
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'audio/wav'
  if (text(0, 4) === 'OggS') return 'audio/ogg'
  if (text(0, 4) === 'fLaC') return 'audio/flac'
  if (text(4, 8) === 'ftyp') return 'audio/mp4'
  if (text(0, 4) === '\u001aE\u00df\u00a3') return 'audio/webm'
  // ADTS: twelve bits of synchronization as in MP3, but layer 0.
  const [first = 0, second = 0] = start
  return first === 0xff && (second & 0xf6) === 0xf0 ? 'audio/aac' : 'audio/mpeg'
}
