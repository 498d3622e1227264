import { AppError } from '@trellis/contracts'
import { renderTemplate } from '@trellis/kit'
import type { ModelMessage } from '@trellis/spec'
import type { BasicConfig } from '../basic-config.ts'
import { type AssembledPrompt, type PromptRequest, toHistoryText, toUserMessage } from './prompt-parts.ts'

/** Prompts written message by message (workflow spec 6.4). */
export function assembleAdvancedPrompt(config: BasicConfig, request: PromptRequest, modelMode: 'chat' | 'completion'): AssembledPrompt {
  return modelMode === 'chat' ? assembleMessages(config, request) : assembleText(config, request)
}

function assembleMessages(config: BasicConfig, request: PromptRequest): AssembledPrompt {
  const values = { ...readValues(request), ...(request.context === undefined ? {} : { '#context#': request.context }) }
  const written = (config.chat_prompt_config?.prompt ?? []).flatMap(({ role, text }): ModelMessage[] => {
    const content = renderTemplate(text, values, { allowSpecial: true })
    if (role === 'system') return content === '' ? [] : [{ role, content }]
    return role === 'user' || role === 'assistant' ? [{ role, content }] : []
  })
  if (!request.history && request.query === '') return { messages: attachFiles(written, request), stop: [] }
  return { messages: [...written, ...(request.history ?? []), toUserMessage(request.query, request.files)], stop: [] }
}

/** Without a query, files go to the front of the last message if a user said it. */
function attachFiles(written: readonly ModelMessage[], { files }: PromptRequest): readonly ModelMessage[] {
  if (files.length === 0) return written
  const last = written.at(-1)
  if (last?.role === 'user' && typeof last.content === 'string') return [...written.slice(0, -1), toUserMessage(last.content, files)]
  return [...written, toUserMessage('', files)]
}

function assembleText(config: BasicConfig, request: PromptRequest): AssembledPrompt {
  const prompt = config.completion_prompt_config
  const roles = prompt?.conversation_histories_role
  const values = {
    ...readValues(request),
    ...(request.context === undefined ? {} : { '#context#': request.context }),
    ...(request.query === '' ? {} : { '#query#': request.query }),
    ...(request.history && roles
      ? { '#histories#': toHistoryText(request.history, { user: roles.user_prefix, assistant: roles.assistant_prefix }) }
      : {}),
  }
  const text = renderTemplate(prompt?.prompt.text ?? '', values, { allowSpecial: true })
  return { messages: [toUserMessage(text, request.files)], stop: [] }
}

/** Values go in as they are: one that is no text is a mistake of the app's author. */
function readValues({ inputs }: PromptRequest): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(inputs)) {
    if (value === null) continue
    if (typeof value !== 'string') {
      throw new AppError('invalid_param', {
        message: `Prompts in expert mode take text only, and ${name} is not text.`,
        param: name,
        refusal: { reason: 'input_text', values: { field: name } },
      })
    }
    values[name] = value
  }
  return values
}
