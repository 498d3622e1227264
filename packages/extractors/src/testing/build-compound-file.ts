const SECTOR = 512
const END_OF_CHAIN = 0xfffffffe
const FREE = 0xffffffff

/** A compound file with these streams; a name `folder/stream` puts one into a storage. */
export function buildCompoundFile(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const folders = [...new Set(Object.keys(streams).flatMap((name) => (name.includes('/') ? [name.slice(0, name.indexOf('/'))] : [])))]
  const sectors: Buffer[] = []
  const table: number[] = []
  const addChain = (content: Uint8Array): number => {
    const first = sectors.length
    const count = Math.max(1, Math.ceil(content.length / SECTOR))
    for (let index = 0; index < count; index += 1) {
      const sector = Buffer.alloc(SECTOR)
      sector.set(content.subarray(index * SECTOR, (index + 1) * SECTOR))
      sectors.push(sector)
      table.push(index === count - 1 ? END_OF_CHAIN : first + index + 1)
    }
    return first
  }
  const entries = [
    { name: 'Root Entry', type: 5, folder: undefined as string | undefined, start: END_OF_CHAIN, length: 0 },
    ...folders.map((name) => ({ name, type: 1, folder: undefined as string | undefined, start: 0, length: 0 })),
    ...Object.entries(streams).map(([path, content]) => {
      const [folder, name] = path.includes('/') ? path.split('/') : [undefined, path]
      return { name: name ?? '', type: 2, folder, start: addChain(content), length: content.length }
    }),
  ]
  const indexesIn = (folder: string | undefined): number[] =>
    entries.flatMap((entry, index) => (index > 0 && entry.folder === folder ? [index] : []))
  const next = new Map<number, number>()
  for (const group of [undefined, ...folders].map(indexesIn))
    for (const [at, index] of group.entries()) next.set(index, group[at + 1] ?? FREE)
  const directory = Buffer.concat(
    entries.map(({ name, type, start, length }, index) => {
      const entry = Buffer.alloc(128)
      entry.write(name, 'utf16le')
      entry.writeUInt16LE((name.length + 1) * 2, 64)
      entry.writeUInt8(type, 66)
      entry.writeUInt32LE(FREE, 68)
      entry.writeUInt32LE(next.get(index) ?? FREE, 72)
      entry.writeUInt32LE(type === 2 ? FREE : (indexesIn(type === 5 ? undefined : name)[0] ?? FREE), 76)
      entry.writeUInt32LE(start, 116)
      entry.writeUInt32LE(length, 120)
      return entry
    }),
  )
  const directoryStart = addChain(directory)
  const tableSectors = Math.ceil((table.length + 8) / 127)
  const tableStart = sectors.length
  const words = Buffer.alloc(tableSectors * SECTOR, 0xff)
  for (const [index, word] of table.entries()) words.writeUInt32LE(word, index * 4)
  addChain(words)
  const header = Buffer.alloc(SECTOR)
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  header.writeUInt16LE(9, 0x1e)
  header.writeUInt16LE(6, 0x20)
  header.writeUInt32LE(tableSectors, 0x2c)
  header.writeUInt32LE(directoryStart, 0x30)
  // No mini streams: every stream lies in sectors of its own.
  header.writeUInt32LE(0, 0x38)
  header.writeUInt32LE(END_OF_CHAIN, 0x3c)
  header.writeUInt32LE(END_OF_CHAIN, 0x44)
  header.fill(0xff, 0x4c)
  for (let index = 0; index < tableSectors; index += 1) header.writeUInt32LE(tableStart + index, 0x4c + index * 4)
  return Buffer.concat([header, ...sectors])
}
