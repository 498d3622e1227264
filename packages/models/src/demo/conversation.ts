import type { ContentPart, ModelCall, ModelMessage } from '@trellis/spec'
import { type DemoLanguage, languageOf } from './words.ts'

/** What the demo looks at when it answers. */
export interface DemoConversation {
  readonly language: DemoLanguage
  /** What the person said last. */
  readonly userText: string
  readonly earlierUserTexts: readonly string[]
  readonly attachments: readonly Exclude<ContentPart, { type: 'text' }>[]
  readonly systemText: string
  /** Results of tools since the person last spoke. */
  readonly toolResults: readonly { readonly toolName: string; readonly content: string }[]
}

export function readConversation(call: ModelCall): DemoConversation {
  const lastUserPlace = call.messages.findLastIndex((message) => message.role === 'user')
  const lastUser = call.messages[lastUserPlace]
  const userText = lastUser === undefined ? '' : readable(textOf(lastUser))
  const systemText = call.messages
    .filter((message) => message.role === 'system')
    .map((message) => readable(textOf(message)))
    .join('\n\n')
  const parts = lastUser?.role === 'user' && typeof lastUser.content !== 'string' ? lastUser.content : []
  return {
    language: languageOf(userText.trim() === '' ? systemText : userText),
    userText,
    earlierUserTexts: call.messages
      .slice(0, Math.max(0, lastUserPlace))
      .filter((message) => message.role === 'user')
      .map((message) => readable(textOf(message))),
    attachments: parts.filter((part) => part.type !== 'text'),
    systemText,
    toolResults: call.messages.slice(lastUserPlace + 1).filter((message) => message.role === 'tool'),
  }
}

export function textOf(message: ModelMessage): string {
  if (typeof message.content === 'string') return message.content
  return message.content
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n')
}

const LONGEST_TEXT = 4_000
const LONG_GAP = /\s{20,}/g

/**
 * As much of a text as the demo looks at: its patterns try many places of a text, and some for every blank of a gap. A server that
 * answers for everybody must not think long about one person's text.
 */
const readable = (text: string): string => text.slice(0, LONGEST_TEXT).replace(LONG_GAP, (gap) => gap.slice(0, 20))

const LABELLED = /^\s*(?:human|user|query|question|message|input|用户|问题|提问|消息)\s*[:：]\s*(.+)$/gimu
const FENCED = /(?:```[a-z]*\n([\s\S]+?)\n```)|(?:"""\s*([\s\S]+?)\s*""")|<(\w+)>\s*([\s\S]+?)\s*<\/\3>/gu

/**
 * What a request for structured text is about: the labelled line (`Human: ...`), the quoted block or the earlier message that it
 * speaks of, else the request itself. Prompts put the person's words into any of these places.
 */
export function subjectOf(conversation: DemoConversation, isInstruction: (text: string) => boolean): string {
  const { userText, earlierUserTexts } = conversation
  const labelled = [...userText.matchAll(LABELLED)].map((match) => match[1] ?? '').filter((line) => !isInstruction(line))
  const lastLabelled = labelled.at(-1)
  if (lastLabelled !== undefined) return lastLabelled
  if (!isInstruction(userText)) return userText
  const blocks = [...userText.matchAll(FENCED)].map((match) => match[1] ?? match[2] ?? match[4] ?? '')
  const block = blocks.find((text) => text.trim() !== '' && !/^\s*[[{]/.test(text))
  if (block !== undefined) return block
  const paragraph = userText.split(/\n\s*\n/).findLast((text) => text.trim() !== '' && !isInstruction(text))
  return paragraph ?? earlierUserTexts.at(-1) ?? userText
}
