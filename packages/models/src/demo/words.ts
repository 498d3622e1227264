const HAN = /\p{Script=Han}/u
const PIECE = /\p{Script=Han}[，。！？；：、）」』”]*|[^\s\p{Script=Han}]+\s*|\s+/gu

export type DemoLanguage = 'en' | 'zh'

/** Chinese where a text holds any Chinese; English otherwise. */
export function languageOf(text: string): DemoLanguage {
  return HAN.test(text) ? 'zh' : 'en'
}

/** Cuts a text into what is streamed at once: a word with its space, or one Chinese character. Joined, they are the text. */
export function splitIntoPieces(text: string): readonly string[] {
  return text.match(PIECE) ?? []
}

/** The demo's "tokens": words, and Chinese characters. */
export function countWords(text: string): number {
  return splitIntoPieces(text).filter((piece) => piece.trim() !== '').length
}

const SENTENCE = /[^.!?。！？\n]+(?:[.!?]+(?=\s|$)|[。！？]+|(?=\n|$)|[.!?]+)/gu

export function splitIntoSentences(text: string): readonly string[] {
  return (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

export function shorten(text: string, characters: number): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= characters ? flat : `${flat.slice(0, characters - 1).trimEnd()}…`
}

const OPENERS =
  /^(?:(?:hi|hello|hey|good (?:morning|evening))\b[,!. ]*|please\b[, ]*|(?:can|could|would|will) you (?:please )?|(?:tell|show|give) me (?:about |how |a |an |the )?|i (?:want|need|would like|'d like) (?:you )?(?:to )?|what(?: is|'s| are)(?: the| a| an)? |how (?:do|can|should|would) (?:i|we|you) |请(?:你|问)?|你好[，,。！! ]*|帮我|我想(?:要)?|什么是|如何|怎么)/iu

/** One character or one word a step: a repetition within the repetition would try every way to part a row of dashes. */
const LOOSE_END = /(?:[\s,;:.!?-]|\s(?:a|an|the|and|or|of|in|at|on|to|for|from|with|my|your|is|are))+$/iu

/** A name needs no more of a line than this. */
const LONGEST_TITLE_SOURCE = 300

/** A short name for what a text is about: its first words without greetings and courtesies. Never empty. */
export function titleOf(text: string): string {
  const language = languageOf(text)
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? ''
  let rest = line
    .trimStart()
    .slice(0, LONGEST_TITLE_SOURCE)
    .replace(/[#*_`>"“”]+/g, '')
    .trim()
  for (let next = rest.replace(OPENERS, ''); next !== rest && next.trim() !== ''; next = rest.replace(OPENERS, '')) rest = next.trim()
  if (language === 'zh') {
    const clause = rest.split(/[，。！？；：,.!?;:]/u).find((part) => part.trim() !== '') ?? rest
    return shorten(clause, 16) || '新的对话'
  }
  const clause = rest.split(/(?<=\w{3})[.!?;](?:\s|$)/)[0] ?? rest
  const words = clause.split(/\s+/).filter(Boolean).slice(0, 7).join(' ')
  const title = shorten(words.replace(LOOSE_END, ''), 60)
  return title === '' ? 'New conversation' : title.charAt(0).toUpperCase() + title.slice(1)
}
