import type { Flag, Milliseconds } from './columns.ts'

/** An answer that somebody wrote, and the question it is to. */
export interface AnnotationsTable {
  id: string
  tenant_id: string
  app_id: string
  question: string
  /** Of the question as it is compared, whatever its case, width and spaces: what is asked in the same words is found by it. */
  question_hash: string
  answer: string
  hit_count: number
  /** Who wrote it. */
  account_id: string
  /** The turn of the log that it was made of; one turn has one annotation. */
  conversation_id: string | null
  message_id: string | null
  created_at: Milliseconds
  updated_at: Milliseconds
}

/** How an app answers with its annotations; a row where that was ever switched on. */
export interface AnnotationSettingsTable {
  id: string
  tenant_id: string
  app_id: string
  is_enabled: Flag
  /** Millionths; 0 behaves as 1. */
  score_threshold_micro: number
  /** Without a model, questions are found by their words alone. */
  embedding_provider: string | null
  embedding_model: string | null
  /** Grows with each change of the app's vectors: whoever keeps them in memory looks anew. */
  version: number
  /** The latest wish to switch it on that is still being prepared. */
  job_id: string | null
  updated_by: string
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface AnnotationVectorsTable {
  id: string
  tenant_id: string
  app_id: string
  annotation_id: string
  /** Provider and model, as one text. */
  model: string
  /** Of the question that was embedded: another one than the annotation's has been edited since. */
  question_hash: string
  /** Little-endian 32-bit floats of a vector of length 1, as base64: the same on every dialect. */
  vector: string
}

/** An answer given in the stead of a model's, with both texts as they were then. A message has one at most. */
export interface AnnotationHitsTable {
  id: string
  tenant_id: string
  app_id: string
  annotation_id: string
  message_id: string
  source: 'api' | 'console'
  question: string
  annotation_question: string
  annotation_answer: string
  score_micro: number
  created_at: Milliseconds
}
