import type { AppsTable } from '@trellis/db'
import type { CatalogModel, ModelCall, ModelMessage } from '@trellis/spec'
import type { ResolvedLanguageModel } from '../../models/index.ts'
import { countTokens } from '../../models/index.ts'
import type { Attachment, Attachments } from '../attachments.ts'
import type { BasicConfig } from '../basic-config.ts'
import type { Inputs } from '../read-inputs.ts'
import type { ThreadRow } from '../turns.repository.ts'
import { assembleAdvancedPrompt } from './advanced-prompt.ts'
import { fitHistory, fitMaxTokens } from './fit-history.ts'
import { type AssembledPrompt, type PastTurn, type PromptRequest, toHistoryMessages } from './prompt-parts.ts'
import { assembleSimplePrompt } from './simple-prompt.ts'

export interface PreparePrompt {
  readonly app: Pick<AppsTable, 'tenant_id' | 'mode'>
  readonly config: BasicConfig
  readonly model: ResolvedLanguageModel
  readonly inputs: Inputs
  readonly query: string
  readonly files: readonly Attachment[]
  /** Earlier turns, newest first; undefined where the app has no memory. */
  readonly thread: readonly ThreadRow[] | undefined
}

/** Everything that is sent to the model for one turn. */
export async function preparePrompt(attachments: Attachments, turn: PreparePrompt): Promise<ModelCall> {
  const { app, config, model } = turn
  const [files, history] = await Promise.all([
    attachments.toParts(app.tenant_id, turn.files, model.entry, config),
    turn.thread && loadHistory(attachments, turn, turn.thread),
  ])
  const modelMode = config.model.mode ?? model.entry.mode ?? 'chat'
  const appMode = app.mode === 'completion' ? 'completion' : 'chat'
  const assemble: Assemble = (past) => {
    const request: PromptRequest = { inputs: turn.inputs, query: turn.query, files, context: undefined, history: past }
    return config.prompt_type === 'advanced'
      ? assembleAdvancedPrompt(config, request, modelMode)
      : assembleSimplePrompt(config, request, { appMode, modelMode, provider: model.provider })
  }
  return toModelCall(config, model.entry, { assemble, history: history && toHistoryMessages(history) })
}

type Assemble = (history: readonly ModelMessage[] | undefined) => AssembledPrompt

async function loadHistory(
  attachments: Attachments,
  { app, config, model }: PreparePrompt,
  thread: readonly ThreadRow[],
): Promise<readonly PastTurn[]> {
  const parts = await attachments.loadParts(
    app.tenant_id,
    thread.map((message) => message.id),
    model.entry,
    config,
  )
  return thread.toReversed().map((message) => ({ query: message.query, answer: message.answer, files: parts.get(message.id) ?? [] }))
}

interface PromptSource {
  readonly assemble: Assemble
  readonly history: readonly ModelMessage[] | undefined
}

async function toModelCall(config: BasicConfig, entry: CatalogModel, { assemble, history }: PromptSource): Promise<ModelCall> {
  const { stop: configuredStop, ...parameters } = config.model.completion_params
  const maxTokens = typeof parameters.max_tokens === 'number' ? parameters.max_tokens : undefined
  const window = { contextSize: entry.contextSize, countTokens }
  // What the history must leave room for is the prompt as it is without one.
  const fitted = history && (await fitHistory(history, assemble([]).messages, { ...window, maxOutputTokens: maxTokens ?? 0 }))
  const prompt = assemble(fitted)
  const stop = [...new Set([...prompt.stop, ...readStops(configuredStop)])]
  return {
    messages: prompt.messages,
    parameters:
      maxTokens === undefined ? parameters : { ...parameters, max_tokens: await fitMaxTokens(maxTokens, prompt.messages, window) },
    ...(stop.length > 0 ? { stop } : {}),
  }
}

const readStops = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((stop) => typeof stop === 'string' && stop !== '') : []
