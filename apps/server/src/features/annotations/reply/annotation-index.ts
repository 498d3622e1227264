import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Db } from '@trellis/db'
import { listVectorKeys, listVectors, type VectorsOf } from './annotation-vectors.repository.ts'
import { cosineOf, decodeVector } from './vectors.ts'

export interface IndexedVectors extends VectorsOf {
  readonly tenantId: string
  /** The setting's: at another one, what is kept is compared with what there is. */
  readonly version: number
}

export interface NearAnnotation {
  readonly annotationId: string
  /** Of the question that was compared: another one than the annotation's has been edited since. */
  readonly questionHash: string
  /** Cosine. */
  readonly score: number
}

/** Every vector of the apps that were asked lately, in memory: all of them are compared, so that the nearest is the nearest. */
export interface AnnotationIndex {
  /** Nearest first, from the threshold on. */
  findNearest(
    vectors: IndexedVectors,
    query: Float32Array,
    bounds: { readonly threshold: number; readonly limit: number },
  ): Promise<readonly NearAnnotation[]>
}

interface Kept {
  readonly model: string
  readonly version: number
  readonly entries: ReadonlyMap<string, Entry>
  readonly bytes: number
}

interface Entry extends Omit<NearAnnotation, 'score'> {
  readonly vector: Float32Array
}

/** Of all apps together: some 40,000 annotations with vectors of 1536 numbers. */
const MAX_BYTES = 256 * 1024 * 1024
const BATCH = 200
/** Rounding of 32-bit numbers must not cost an equal question its match. */
const TOLERANCE = 1e-6

/** A few milliseconds' worth of vectors: then whoever else has something to do comes first. */
const IN_ONE_GO = 500

export function createAnnotationIndex(db: Db): AnnotationIndex {
  /** Least recently used first. */
  const kept = new Map<string, Promise<Kept>>()
  const read = async (vectors: IndexedVectors): Promise<Kept> => {
    const { appId, model, version } = vectors
    const known = await kept.get(appId)?.catch(() => undefined)
    const isCurrent = known?.model === model && known.version === version
    const reading = isCurrent && known ? Promise.resolve(known) : load(db, vectors, known?.model === model ? known.entries : new Map())
    kept.delete(appId)
    kept.set(appId, reading)
    reading.then(
      () => forget(kept),
      () => kept.get(appId) === reading && kept.delete(appId),
    )
    return reading
  }
  return {
    async findNearest(vectors, query, { threshold, limit }) {
      const near: NearAnnotation[] = []
      let compared = 0
      for (const { vector, annotationId, questionHash } of (await read(vectors)).entries.values()) {
        const score = cosineOf(vector, query)
        if (score >= threshold - TOLERANCE) near.push({ annotationId, questionHash, score: Math.min(score, 1) })
        compared += 1
        if (compared % IN_ONE_GO === 0) await letOthersRun()
      }
      return near.sort((left, right) => right.score - left.score).slice(0, limit)
    },
  }
}

/** What is known already is not read again. */
async function load(db: Db, { tenantId, appId, model, version }: IndexedVectors, known: Kept['entries']): Promise<Kept> {
  const keys = await listVectorKeys(db, tenantId, { appId, model })
  const entries = new Map<string, Entry>()
  let bytes = 0
  const add = (id: string, entry: Entry): void => {
    entries.set(id, entry)
    bytes += entry.vector.byteLength
  }
  const missing: string[] = []
  for (const { id } of keys) {
    const entry = known.get(id)
    if (entry) add(id, entry)
    else missing.push(id)
  }
  for (let start = 0; start < missing.length; start += BATCH) {
    for (const row of await listVectors(db, tenantId, missing.slice(start, start + BATCH))) {
      add(row.id, { annotationId: row.annotation_id, questionHash: row.question_hash, vector: decodeVector(row.vector) })
    }
  }
  return { model, version, entries, bytes }
}

async function forget(kept: Map<string, Promise<Kept>>): Promise<void> {
  const sizes = await Promise.all(
    [...kept].map(async ([appId, reading]) => [appId, (await reading.catch(() => undefined))?.bytes ?? 0] as const),
  )
  let total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  // The one that was asked for last stays, however large it is.
  for (const [appId, bytes] of sizes.slice(0, -1)) {
    if (total <= MAX_BYTES) return
    kept.delete(appId)
    total -= bytes
  }
}
