import type { CatalogModel, ContentPart, ModelCall, ModelMessage, TokenUsage } from '@trellis/spec'
import { countTokens } from './count-tokens.ts'

/** What frames a message, and the whole. */
const TOKENS_A_MESSAGE = 8
/** Other vocabularies than the one that is counted with need more words for the same text. */
const MARGIN = 1.25
/** A picture of the largest size that models look at in one piece. */
const TOKENS_A_PICTURE = 4_000
/** Of a recording or a document: about as many as there is text in so many bytes. */
const BYTES_A_TOKEN = 3
/** 8 kbit/s. */
const LEAST_BYTES_A_SECOND = 1_000
const TOKENS_HEARD_A_SECOND = 10
/** Of whoever speaks as fast as they can. */
const TOKENS_SAID_A_SECOND = 8
/** Behind an address nobody has looked. */
const TOKENS_BEHIND_AN_ADDRESS = 100_000
/** Of a model of which nothing is known. */
const LONGEST_ANSWER = 32_768

/** The most that a call can use: its prompt, counted with a margin, and the longest answer that it allows. */
export async function worstCaseOf(entry: CatalogModel, call: ModelCall): Promise<TokenUsage> {
  const text = await countTokens(textOf(call))
  const media = call.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content.map(tokensOf)))
  const frames = (call.messages.length + 1) * TOKENS_A_MESSAGE
  const counted = Math.ceil(text * MARGIN) + frames + media.reduce((total, tokens) => total + tokens, 0)
  return { promptTokens: Math.min(counted, entry.contextSize ?? counted), completionTokens: ceilingOf(entry, call) }
}

/** The same of texts that are embedded, ranked or spoken, which nothing is answered to. */
export async function worstCaseOfTexts(texts: readonly string[]): Promise<TokenUsage> {
  const tokens = await countTokens(texts.join('\n'))
  return { promptTokens: Math.ceil(tokens * MARGIN) + texts.length * TOKENS_A_MESSAGE, completionTokens: 0 }
}

/** The same of a recording, which is so long at most as one that hardly carries speech. */
export function worstCaseOfRecording({ contextSize, maxOutputTokens }: CatalogModel, bytes: number): TokenUsage {
  const soundSeconds = Math.ceil(bytes / LEAST_BYTES_A_SECOND)
  const [heard, written] = [soundSeconds * TOKENS_HEARD_A_SECOND, soundSeconds * TOKENS_SAID_A_SECOND]
  return {
    promptTokens: Math.min(heard, contextSize ?? heard),
    completionTokens: Math.min(written, maxOutputTokens ?? contextSize ?? written),
    soundSeconds,
  }
}

function textOf({ messages, tools = [], responseFormat }: ModelCall): string {
  const more = [...tools.map((tool) => JSON.stringify(tool)), ...(responseFormat ? [JSON.stringify(responseFormat)] : [])]
  return [...messages.map(textOfMessage), ...more].join('\n')
}

function textOfMessage(message: ModelMessage): string {
  const { content } = message
  const said = typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  return [said, ...calls.map((call) => JSON.stringify(call))].join('\n')
}

function tokensOf(part: ContentPart): number {
  if (part.type === 'text') return 0
  if (part.type === 'image') return TOKENS_A_PICTURE
  return part.base64 === undefined ? TOKENS_BEHIND_AN_ADDRESS : Math.ceil(part.base64.length / BYTES_A_TOKEN)
}

const LIMIT = 'max_tokens'
const LIMIT_NAMES = [LIMIT, 'max_output_tokens', 'max_completion_tokens']

function ceilingOf({ parameterRules, maxOutputTokens, contextSize }: CatalogModel, { parameters }: ModelCall): number {
  const known = parameterRules.filter(({ name, use_template }) => name === LIMIT || use_template === LIMIT).map(({ name }) => name)
  const asked = [...known, ...LIMIT_NAMES].map((name) => parameters[name]).find((value) => typeof value === 'number' && value > 0)
  // Found by that very test.
  return (asked as number | undefined) ?? maxOutputTokens ?? contextSize ?? LONGEST_ANSWER
}
