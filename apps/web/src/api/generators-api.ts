import type { WrittenInstruction, WrittenPrompt } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

export interface WritingModel {
  readonly provider: string
  readonly name: string
}

export interface PromptWish {
  readonly appId: string
  readonly model: WritingModel
  readonly instruction: string
}

/** Models that write for whoever builds. Leaving by the signal stops the model. */
export interface GeneratorsApi {
  writePrompt(wish: PromptWish, signal: AbortSignal): Promise<WrittenPrompt>
  improvePrompt(wish: PromptWish & { readonly current: string }, signal: AbortSignal): Promise<WrittenInstruction>
}

export function createGeneratorsApi(http: HttpClient): GeneratorsApi {
  const toConfig = (model: WritingModel) => ({ ...model, mode: 'chat', completion_params: {} })
  return {
    writePrompt: ({ appId, model, instruction }, signal) =>
      http.post('/rule-generate', { app_id: appId, instruction, model_config: toConfig(model), no_variable: false }, { signal }),
    improvePrompt: ({ appId, model, instruction, current }, signal) =>
      http.post('/instruction-generate', { flow_id: appId, node_id: '', current, instruction, model_config: toConfig(model) }, { signal }),
  }
}
