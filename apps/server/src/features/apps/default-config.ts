import { type ModelConfig, modelConfigSchema } from '@trellis/contracts'
import type { BasicMode } from './apps.policy.ts'
import { keepKeysOf } from './config-document.ts'

/** The model that a new app begins with. */
export interface DefaultModel {
  readonly provider: string
  readonly name: string
  readonly mode: 'chat' | 'completion'
  readonly completion_params: Readonly<Record<string, unknown>>
}

/** What a new app of a mode is: a text generator begins with one paragraph to fill in, because it has no other input. */
export function defaultConfig(mode: BasicMode, model: DefaultModel): ModelConfig {
  const sections =
    mode === 'completion'
      ? {
          pre_prompt: '{{query}}',
          user_input_form: [{ paragraph: { label: 'Query', variable: 'query', required: true, default: '' } }],
        }
      : {}
  return keepKeysOf(mode, modelConfigSchema.parse({ model, ...sections }))
}
