import type { Annotation, AnnotationHit } from '@trellis/contracts'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { AnnotationHitRow } from './annotation-hits.repository.ts'
import type { AnnotationRow } from './annotations.repository.ts'

export const presentAnnotation = (row: AnnotationRow): Annotation => ({
  id: row.id,
  question: row.question,
  answer: row.answer,
  hit_count: Number(row.hit_count),
  created_at: toSeconds(row.created_at),
})

export const presentHit = (row: AnnotationHitRow): AnnotationHit => ({
  id: row.id,
  source: row.source,
  score: fromMicro(row.score_micro),
  question: row.question,
  match: row.annotation_question,
  response: row.annotation_answer,
  created_at: toSeconds(row.created_at),
  message_id: row.message_id,
})

const MICRO = 1_000_000
/** Fractions are stored as whole millionths: drivers agree on those. */
export const toMicro = (fraction: number): number => Math.round(fraction * MICRO)
export const fromMicro = (micro: number): number => Number(micro) / MICRO
