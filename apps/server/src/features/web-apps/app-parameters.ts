import type { AppParameters, InputFormItem } from '@trellis/contracts'
import type { BasicConfig } from '../turns/index.ts'

/** Sizes in MB (service-api 0.7). */
export type UploadLimits = AppParameters['system_parameters']

/** What parameters are made of, whatever the mode of the app; sections that only some modes have are read where they are. */
export interface ParameterSource {
  /** Empty where there is none. */
  readonly opening_statement: string
  readonly suggested_questions: readonly string[]
  readonly user_input_form: readonly InputFormItem[]
  readonly file_upload?: Readonly<Record<string, unknown>> | null | undefined
  readonly annotation_reply?: Switchable
}

interface Switchable {
  enabled: boolean
  [key: string]: unknown
}

const off = { enabled: false }
const noModeration = { type: '', configs: [] }
const noImages = { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } }

/** What a caller must know to offer the app (service-api 1.7): every section is there, switched off where the app has none. */
export function toAppParameters(config: ParameterSource, limits: UploadLimits): AppParameters {
  // Sections that the basic modes only hand on are kept as they were stored.
  const stored = config as unknown as Readonly<Record<string, unknown>>
  return {
    opening_statement: config.opening_statement === '' ? null : config.opening_statement,
    suggested_questions: [...config.suggested_questions],
    suggested_questions_after_answer: section(stored.suggested_questions_after_answer),
    speech_to_text: section(stored.speech_to_text),
    text_to_speech: section(stored.text_to_speech, { ...off, voice: '', language: '' }),
    retriever_resource: section(stored.retriever_resource),
    annotation_reply: section(stored.annotation_reply),
    more_like_this: section(stored.more_like_this),
    sensitive_word_avoidance: { ...noModeration, ...section(stored.sensitive_word_avoidance) },
    user_input_form: [...config.user_input_form],
    file_upload: { ...noImages, ...config.file_upload },
    system_parameters: limits,
  }
}

function section(stored: unknown, fallback: Switchable = off): Switchable {
  const isSection = typeof stored === 'object' && stored !== null && 'enabled' in stored && typeof stored.enabled === 'boolean'
  return isSection ? (stored as Switchable) : fallback // shape checked on the left
}

/** The form of a basic app as callers see it: one key a field, its control. What the app fetches by itself is told without how. */
export const toBasicSource = ({ user_input_form, ...config }: BasicConfig): ParameterSource => ({
  ...config,
  user_input_form: user_input_form.map(({ type, config: _config, kind: _kind, ...field }) => ({ [type]: field })),
})
