import { capitalize } from '../objects/characters.ts'
import { Markup } from '../objects/markup.ts'
import type { PyValue } from '../objects/py-object.ts'
import { isTruthy, toIndex } from '../objects/types.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { loremWords } from './lorem-words-data.ts'

/** Jinja's `lipsum`: paragraphs of filler. */
export function loremIpsum(run: Run, count: PyValue, isHtml: PyValue, fewest: PyValue, most: PyValue): PyValue {
  const paragraphs: string[] = []
  for (let index = 0; index < toIndex(count); index++) paragraphs.push(makeParagraph(run, between(run, toIndex(fewest), toIndex(most))))
  if (!isTruthy(isHtml, run)) return run.text(paragraphs.join('\n\n'))
  return new Markup(run.text(paragraphs.map((text) => `<p>${text}</p>`).join('\n')))
}

function between(run: Run, low: number, high: number): number {
  if (low >= high) throw new TemplateError('ValueError', `empty range for randrange() (${low}, ${high}, ${high - low})`)
  return low + Math.floor(run.runtime.random() * (high - low))
}

function makeParagraph(run: Run, wordCount: number): string {
  const words: string[] = []
  let isSentenceStart = true
  let lastComma = 0
  let lastStop = 0
  run.budget.spend(wordCount)
  for (let index = 0; index < wordCount; index++) {
    let word = loremWords[Math.floor(run.runtime.random() * loremWords.length)] ?? ''
    if (isSentenceStart) word = capitalize(word)
    isSentenceStart = false
    if (index - between(run, 3, 8) > lastComma) {
      lastComma = index
      lastStop += 2
      word += ','
    }
    if (index - between(run, 10, 20) > lastStop) {
      lastComma = index
      lastStop = index
      word += '.'
      isSentenceStart = true
    }
    words.push(word)
  }
  return `${words.join(' ').replace(/[,.]$/, '')}.`
}
