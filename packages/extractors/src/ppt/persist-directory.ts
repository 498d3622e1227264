import { brokenFile, encryptedFile } from '../failures.ts'
import { type PresentationRecord, readRecord } from './presentation-records.ts'

/** Where the newest version of each object lies: a presentation keeps what former savings wrote. */
export interface PersistDirectory {
  readonly documentId: number
  readonly offsets: ReadonlyMap<number, number>
}

const USER_EDIT = 4085
const DIRECTORY = 6002
const DOCUMENT = 1000
const IS_ENCRYPTED = 0xf3d1c4df
const EDIT_BYTES_WHEN_ENCRYPTED = 32
const MAX_EDITS = 10_000

/** Follows the chain of edits from the last one back. Format: [MS-PPT] 2.1.2. */
export function readPersistDirectory(stream: DataView, currentUser: DataView): PersistDirectory {
  if (currentUser.getUint32(12, true) === IS_ENCRYPTED) throw encryptedFile()
  const offsets = new Map<number, number>()
  let documentId: number | undefined
  let editOffset = currentUser.getUint32(16, true)
  for (let count = 0; count < MAX_EDITS; count += 1) {
    const edit = readRecord(stream, editOffset)
    if (edit.type !== USER_EDIT) throw brokenFile('its list of contents is damaged')
    if (edit.data.byteLength >= EDIT_BYTES_WHEN_ENCRYPTED) throw encryptedFile()
    documentId ??= edit.data.getUint32(16, true)
    addOffsets(readRecord(stream, edit.data.getUint32(12, true)), offsets)
    const previous = edit.data.getUint32(8, true)
    if (previous === 0) return { documentId, offsets }
    if (previous >= editOffset) break
    editOffset = previous
  }
  throw brokenFile('its list of contents runs in a circle')
}

export function findDocument(stream: DataView, { documentId, offsets }: PersistDirectory): PresentationRecord {
  const offset = offsets.get(documentId)
  const document = offset === undefined ? undefined : readRecord(stream, offset)
  if (document?.type !== DOCUMENT) throw brokenFile('its list of slides is missing')
  return document
}

function addOffsets({ type, data }: PresentationRecord, offsets: Map<number, number>): void {
  if (type !== DIRECTORY) throw brokenFile('its list of contents is damaged')
  for (let at = 0; at + 4 <= data.byteLength; ) {
    const head = data.getUint32(at, true)
    const count = head >>> 20
    at += 4
    for (let index = 0; index < count; index += 1, at += 4) {
      const id = (head & 0xfffff) + index
      const offset = data.getUint32(at, true)
      if (!offsets.has(id)) offsets.set(id, offset)
    }
  }
}
