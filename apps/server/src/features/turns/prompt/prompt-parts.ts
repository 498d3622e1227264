import type { ContentPart, ModelMessage } from '@trellis/spec'
import type { Inputs } from '../read-inputs.ts'

/** An earlier turn of the conversation, old to new. */
export interface PastTurn {
  readonly query: string
  readonly answer: string
  readonly files: readonly ContentPart[]
}

export interface PromptRequest {
  readonly inputs: Inputs
  /** Empty in text apps without one. */
  readonly query: string
  /** The query's files, as parts that the model can take. */
  readonly files: readonly ContentPart[]
  /** Retrieved passages; undefined where the app has no knowledge. */
  readonly context: string | undefined
  /** What was said before, old to new; undefined in text apps, which have no memory. */
  readonly history: readonly ModelMessage[] | undefined
}

export interface AssembledPrompt {
  readonly messages: readonly ModelMessage[]
  readonly stop: readonly string[]
}

/** Files first, text last. */
export function toUserMessage(text: string, files: readonly ContentPart[]): ModelMessage {
  return files.length === 0 ? { role: 'user', content: text } : { role: 'user', content: [...files, { type: 'text', text }] }
}

/** Earlier turns as user and assistant messages. A turn that failed keeps its empty answer. */
export function toHistoryMessages(history: readonly PastTurn[]): readonly ModelMessage[] {
  return history.flatMap((turn): ModelMessage[] => [
    toUserMessage(turn.query, turn.files),
    { role: 'assistant', content: withoutReasoning(turn.answer) },
  ])
}

/** What was said before as labelled lines, for models that complete a text. */
export function toHistoryText(history: readonly ModelMessage[], prefixes: { readonly user: string; readonly assistant: string }): string {
  return history.map((message) => `${message.role === 'user' ? prefixes.user : prefixes.assistant}: ${toPlainText(message)}`).join('\n')
}

function toPlainText({ content }: ModelMessage): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : part.type === 'image' ? ['[image]'] : [])).join('\n')
}

/** A model is not told what it once thought aloud: before its answer in whatever form, amid it in the form that turns give it. */
const withoutReasoning = (answer: string): string =>
  answer.replace(/^<think>[\s\S]*?(?:<\/think>\s*|$)|<think>\n[\s\S]*?\n<\/think>(?:\n\n|$)/g, '')
