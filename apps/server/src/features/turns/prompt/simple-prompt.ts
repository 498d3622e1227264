import { renderTemplate, toTemplateText } from '@trellis/kit'
import type { ModelMessage } from '@trellis/spec'
import type { BasicConfig } from '../basic-config.ts'
import { type AssembledPrompt, type PromptRequest, toHistoryText, toUserMessage } from './prompt-parts.ts'

/** How the parts of a simple prompt are worded and ordered (workflow spec 6.3; the wording is ours). */
interface PromptRules {
  readonly human: string
  readonly assistant: string
  readonly order: readonly ('context' | 'prompt' | 'histories')[]
  readonly stops: readonly string[]
}

const chatRules: PromptRules = {
  human: 'Human',
  assistant: 'Assistant',
  order: ['context', 'prompt', 'histories'],
  stops: ['\nHuman:', '</histories>'],
}
const textRules: PromptRules = { human: 'Human', assistant: 'Assistant', order: ['context', 'prompt'], stops: [] }
const baichuanRules: PromptRules = { human: '用户', assistant: '助手', order: ['context', 'prompt', 'histories'], stops: ['用户：'] }

const contextBlock = (context: string): string =>
  `Use the passages between <context> and </context> as what you know. Where they do not answer the question, say so instead of guessing, and do not mention that you were given passages.\n\n<context>\n${context}\n</context>\n\n`

const historiesBlock = (histories: string): string =>
  `What has been said so far stands between <histories> and </histories>.\n\n<histories>\n${histories}\n</histories>\n\n`

export interface SimplePromptOptions {
  readonly appMode: 'chat' | 'completion'
  readonly modelMode: 'chat' | 'completion'
  readonly provider: string
}

export function assembleSimplePrompt(config: BasicConfig, request: PromptRequest, options: SimplePromptOptions): AssembledPrompt {
  const rules = chooseRules(config, options)
  const isTextModel = options.modelMode === 'completion'
  const histories =
    isTextModel && request.history ? toHistoryText(request.history, { user: rules.human, assistant: rules.assistant }) : undefined
  const system = renderSystem(config, request, { rules, histories })
  if (isTextModel) {
    const query = request.query === '' ? '' : `\n\n${rules.human}: ${toPlainPart(request.query)}\n\n${rules.assistant}: `
    return { messages: [toUserMessage(system + query, request.files)], stop: rules.stops }
  }
  const history = request.history ?? []
  if (request.query === '') return { messages: [...history, toUserMessage(system, request.files)], stop: [] }
  const before: readonly ModelMessage[] = system === '' ? [] : [{ role: 'system', content: system }]
  return { messages: [...before, ...history, toUserMessage(request.query, request.files)], stop: [] }
}

/** What is put into a prompt from elsewhere is no template and holds no control tokens (workflow spec 6.2). */
const toPlainPart = (text: string): string => renderTemplate(text, {}, { allowSpecial: true })

function chooseRules(config: BasicConfig, { appMode, provider }: SimplePromptOptions): PromptRules {
  if (appMode === 'completion') return textRules
  const name = config.model.name.toLowerCase()
  const isBaichuan = provider.includes('baichuan') || (/huggingface_hub|openllm|xinference/.test(provider) && name.includes('baichuan'))
  return isBaichuan ? baichuanRules : chatRules
}

function renderSystem(
  config: BasicConfig,
  request: PromptRequest,
  { rules, histories }: { readonly rules: PromptRules; readonly histories: string | undefined },
): string {
  const values = Object.fromEntries(Object.entries(request.inputs).map(([name, value]) => [name, toTemplateText(value)]))
  const prompt = config.pre_prompt === '' ? '' : `${renderTemplate(config.pre_prompt, values)}\n`
  const parts = {
    context: request.context === undefined ? '' : contextBlock(toPlainPart(request.context)),
    prompt,
    histories: histories === undefined ? '' : historiesBlock(toPlainPart(histories)),
  }
  return rules.order
    .map((part) => parts[part])
    .join('')
    .trimEnd()
}
