import { buildCompoundFile } from './build-compound-file.ts'

const record = (type: number, content: readonly Uint8Array[], { instance = 0, isContainer = false } = {}): Buffer => {
  const data = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt16LE((instance << 4) | (isContainer ? 0xf : 0), 0)
  head.writeUInt16LE(type, 2)
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data])
}
const container = (type: number, children: readonly Uint8Array[], instance = 0): Buffer =>
  record(type, children, { instance, isContainer: true })
const words = (...values: number[]): Buffer => Buffer.from(Uint32Array.from(values).buffer)
const wide = (text: string): Buffer => record(4000, [Buffer.from(text, 'utf16le')])
const box = (...content: Uint8Array[]): Buffer => container(0xf00d, content)

/** One slide whose title is in the outline and whose box is on the slide, with a speaker's note. */
export function aPresentation97({
  title,
  text,
  note,
  token = 0xe391c05f,
}: {
  title: string
  text: string
  note: string
  token?: number
}): Uint8Array {
  const document = container(1000, [
    container(4080, [record(1011, [words(2, 0, 1, 256, 0)]), wide(title)], 0),
    container(4080, [record(1011, [words(3, 0, 0, 300, 0)])], 2),
  ])
  const slide = container(1006, [record(1007, [words(0, 0, 0, 0, 300, 0)]), box(record(3998, [words(0)])), box(wide(text))])
  const notes = container(1008, [box(wide(note)), box(wide('*'))])
  const objects = [document, slide, notes]
  const offsets = objects.map((_, index) => objects.slice(0, index).reduce((sum, { length }) => sum + length, 0))
  const directoryAt = objects.reduce((sum, { length }) => sum + length, 0)
  const directory = record(6002, [words((3 << 20) | 1, ...offsets)])
  const edit = record(4085, [words(256, 0, 0, directoryAt, 1, 4, 0)])
  const user = record(4086, [words(20, token, directoryAt + directory.length, 0)])
  return buildCompoundFile({ 'PowerPoint Document': Buffer.concat([...objects, directory, edit]), 'Current User': user })
}
