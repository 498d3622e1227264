import type { ModelCall, ToolCall } from '@trellis/spec'
import { type DemoConversation, readConversation } from './conversation.ts'
import { chinese, type DemoPhrases, english } from './phrases.ts'
import { jsonReplyFor } from './structured.ts'
import { toolCallFor } from './tool-choice.ts'
import { countWords, shorten, splitIntoSentences } from './words.ts'

export type DemoReply = { readonly type: 'text'; readonly text: string } | { readonly type: 'tool-call'; readonly call: ToolCall }

/** Decides what the demo answers: a pure function of the call, the same every time. */
export function replyTo(call: ModelCall): DemoReply {
  const conversation = readConversation(call)
  const toolCall = toolCallFor(conversation, call)
  if (toolCall !== undefined) return { type: 'tool-call', call: toolCall }
  const json = jsonReplyFor(conversation, call.responseFormat)
  if (json !== undefined) return { type: 'text', text: json }

  const phrases = conversation.language === 'zh' ? chinese : english
  return { type: 'text', text: `${bodyFor(conversation, call, phrases)}\n\n---\n\n${noteFor(conversation, phrases)}` }
}

function bodyFor(conversation: DemoConversation, call: ModelCall, phrases: DemoPhrases): string {
  if (conversation.toolResults.length > 0) {
    return conversation.toolResults.map((result) => phrases.toolResult(result.toolName, shorten(result.content, 1000))).join('\n\n')
  }
  if (conversation.attachments.length > 0) return phrases.files(describeAttachments(conversation, phrases))
  const text = conversation.userText.trim()
  if (text === '') return phrases.empty
  const known = topics.find((topic) => topic.recognises(text))
  if (known !== undefined) return known.answer({ text, conversation, phrases })
  const said = phrases.fallback({ text: shorten(text, 160), words: countWords(text), turn: conversation.earlierUserTexts.length + 1 })
  const toolNames = (call.tools ?? []).map((tool) => tool.name)
  return toolNames.length === 0 ? said : `${said}\n\n${phrases.tools(toolNames)}`
}

function noteFor(conversation: DemoConversation, phrases: DemoPhrases): string {
  const persona = conversation.systemText
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
  return persona === undefined ? phrases.note : `${phrases.persona(shorten(persona, 160))}\n\n${phrases.note}`
}

interface Topic {
  recognises(text: string): boolean
  answer(said: { readonly text: string; readonly conversation: DemoConversation; readonly phrases: DemoPhrases }): string
}

const SUMMARISE =
  /^\W*(?:please\s+)?(?:summari[sz]e|sum up|give (?:me )?a summary(?: of)?|请?总结|请?概括|请?归纳)(?:\s+(?:this|the following|it))?\s*[:：,，一下]*\s*/iu
const REPEAT = /^\W*(?:please\s+)?(?:repeat(?: after me)?|echo|say|请?重复|请?跟我说)\s*[:：]?\s+|^(?:请?重复|请?跟我说)[:：，]?/iu
const RECALL =
  /\bwhat (?:did|have) i (?:just )?(?:say|said|ask|asked|write|written|tell|told)\b|\b(?:do you )?remember what i\b|我(?:刚才|之前|都)?(?:说|问)(?:过|了)什么/iu

/** In this order: what is asked for outweighs the courtesy around it. */
const topics: readonly Topic[] = [
  { recognises: (text) => SUMMARISE.test(text), answer: summarise },
  {
    recognises: (text) => REPEAT.test(text) && text.replace(REPEAT, '') !== '',
    answer: ({ text, phrases }) => phrases.echo(text.replace(REPEAT, '')),
  },
  { recognises: (text) => RECALL.test(text), answer: recall },
  {
    recognises: (text) =>
      /\bwhat (?:can|could|do) you (?:do|help)|\bhow (?:can|do) you (?:help|work)|\b(?:who|what) are you\b|^help\W*$|你能(?:做|帮)|你会(?:做)?什么|你是谁|你可以做/iu.test(
        text,
      ),
    answer: ({ phrases }) => phrases.capabilities,
  },
  { recognises: (text) => /\btable\b|表格/iu.test(text), answer: ({ text, phrases }) => phrases.table(shorten(text, 60)) },
  {
    recognises: (text) => /\b(?:code|function|script|snippet|python|javascript|typescript)\b|代码|函数|脚本/iu.test(text),
    answer: ({ text, phrases }) => phrases.code(shorten(text, 60)),
  },
  {
    recognises: (text) => /\b(?:list|steps|bullet points?)\b|列表|清单|步骤|列出/iu.test(text),
    answer: ({ text, phrases }) => phrases.list(shorten(text, 60)),
  },
  { recognises: (text) => /\btrellis\b/iu.test(text), answer: ({ phrases }) => phrases.trellis },
  { recognises: (text) => /^\W*(?:thanks|thank you|thx|cheers|谢谢|多谢|感谢)/iu.test(text), answer: ({ phrases }) => phrases.thanks },
  {
    recognises: (text) =>
      countWords(text) <= 6 &&
      /^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings)\b|^(?:你好|您好|嗨|早上好|晚上好)/iu.test(text),
    answer: ({ phrases }) => phrases.greeting,
  },
]

function recall({ conversation, phrases }: Parameters<Topic['answer']>[0]): string {
  const texts = conversation.earlierUserTexts.filter((text) => text.trim() !== '').map((text) => shorten(text, 120))
  return texts.length === 0 ? phrases.nothingToRecall : phrases.recall(texts)
}

/** The first sentence and the two that hold most of the text's frequent words, in their order. */
function summarise({ text, conversation, phrases }: Parameters<Topic['answer']>[0]): string {
  const given = text.replace(SUMMARISE, '')
  const source = countWords(given) > 3 ? given : conversation.earlierUserTexts.join('\n')
  const sentences = splitIntoSentences(source)
  if (sentences.length === 0) return phrases.nothingToSummarise
  const words = (sentence: string): readonly string[] => sentence.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]{4,}/gu) ?? []
  const frequency = new Map<string, number>()
  for (const word of words(source)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const weightOf = (sentence: string): number => {
    const own = words(sentence)
    return own.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0) / Math.max(4, own.length)
  }
  const heaviest = sentences
    .map((sentence, place) => ({ sentence, place, weight: place === 0 ? Number.POSITIVE_INFINITY : weightOf(sentence) }))
    .sort((left, right) => right.weight - left.weight || left.place - right.place)
    .slice(0, 3)
    .sort((left, right) => left.place - right.place)
  return phrases.summary(
    sentences.length,
    heaviest.map(({ sentence }) => shorten(sentence, 240)),
  )
}

function describeAttachments(conversation: DemoConversation, phrases: DemoPhrases): readonly string[] {
  return conversation.attachments.map((attachment) =>
    phrases.file({
      kind: phrases.kinds[attachment.type],
      name: attachment.type === 'document' ? (attachment.filename ?? '') : '',
      mimeType: attachment.mimeType,
      size: attachment.base64 === undefined ? phrases.linked(hostOf(attachment.url)) : sizeOf(attachment.base64),
    }),
  )
}

function sizeOf(base64: string): string {
  const bytes = Math.floor((base64.replace(/=+$/, '').length * 3) / 4)
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : shorten(url, 60)
}
