import type { ResponseFormat } from '@trellis/spec'
import { type DemoConversation, subjectOf } from './conversation.ts'
import { fillSchema } from './fill-schema.ts'

const ASKS_FOR_JSON = [
  /\b(?:reply|respond|answer|return|output|emit|produce)\w*\b[^.\n]{0,80}\b(?:json|array of (?:strings|questions))\b/iu,
  /\b(?:write|give|generate|provide|use|format|suggest|create)\w*\b[^.\n]{0,80}\b(?:json (?:array|object|list)|array of (?:strings|questions))\b/iu,
  /\b(?:as|in|valid|only) (?:an? )?(?:valid )?json\b/iu,
  /(?:返回|输出|回复|生成|使用|以|按)[^。\n]{0,30}(?:json|字符串数组)/iu,
]
/** "How do I return JSON?" is no request for it; "Can you answer in JSON?" is. */
const ENGLISH_QUESTION = /(?:^|(?<=[.!?\n]))\s*(?!(?:can|could|would|will) you|please)[^.!?\n]*\?/giu
/** Whole sentences first, their words afterwards: words within the sentence's pattern would be sought at each of its places. */
const CHINESE_SENTENCE = /[^。！？?\n]*[？?]/gu
const CHINESE_QUESTION_WORD = /吗|什么|怎么|如何/u
const ASKS_FOR_LIST = /\bjson (?:array|list)\b|\b(?:array|list) of (?:strings|questions)\b|json\s*(?:数组|列表)|字符串数组/iu
const SKELETON = /\{[^{}]*\}/gu
const KEY = /["']([A-Za-z_][\w -]*)["']\s*:\s*(\[)?/gu

/** The JSON that a call asks for, by its response format or in its words; undefined where it asks for none. */
export function jsonReplyFor(conversation: DemoConversation, format: ResponseFormat | undefined): string | undefined {
  const isInstruction = (text: string): boolean => ASKS_FOR_JSON.some((pattern) => pattern.test(withoutQuestions(text)))
  const asked = [conversation.userText, conversation.systemText].find(isInstruction)
  if (asked === undefined && (format === undefined || format.type === 'text')) return undefined

  const subject = subjectOf(conversation, isInstruction)
  const schema = format?.type === 'json-schema' ? format.schema : schemaDescribedIn(asked ?? '')
  return JSON.stringify(fillSchema(schema, { subject }))
}

const withoutQuestions = (text: string): string =>
  text.replace(ENGLISH_QUESTION, '').replace(CHINESE_SENTENCE, (sentence) => (CHINESE_QUESTION_WORD.test(sentence) ? '' : sentence))

/** A schema made from a prompt's own example: `{"name": "..."}` gives its keys, the mention of an array a list of strings. */
function schemaDescribedIn(prompt: string): object {
  const skeleton = [...prompt.matchAll(SKELETON)].map((match) => match[0]).find((text) => text.search(KEY) >= 0)
  if (skeleton !== undefined) {
    const keys = [...skeleton.matchAll(KEY)]
    const properties = Object.fromEntries(
      keys.map((match) => [match[1], match[2] === '[' ? { type: 'array', items: { type: 'string' } } : { type: 'string' }]),
    )
    return { type: 'object', properties }
  }
  if (ASKS_FOR_LIST.test(prompt)) return { type: 'array', items: { type: 'string' } }
  return { type: 'object', properties: { title: { type: 'string' }, answer: { type: 'string' } } }
}
