/** What pdf.js asks for data files: maps are loaded when the first document needs one, and nothing else is given. */
export class CharacterMapFactory {
  private maps: ReadonlyMap<string, Uint8Array> | undefined

  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl') throw new Error(`There is no ${filename}.`)
    const { unpackCharacterMaps } = await import('./character-maps.ts')
    this.maps ??= unpackCharacterMaps()
    const map = this.maps.get(filename)
    if (!map) throw new Error(`There is no character map ${filename}.`)
    return map.slice()
  }
}
