import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Texts {
  readonly [key: string]: string | Texts
}

const folderOf = (language: string): string => fileURLToPath(new URL(`../../apps/web/src/locales/${language}`, import.meta.url))

/** All texts of a language, by `namespace:key.of.it`. */
function readTexts(language: string): Map<string, string> {
  const texts = new Map<string, string>()
  const collect = (prefix: string, node: Texts): void => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string') texts.set(prefix + key, value)
      else collect(`${prefix}${key}.`, value)
    }
  }
  for (const file of readdirSync(folderOf(language))) {
    if (!file.endsWith('.json')) continue
    collect(`${file.slice(0, -'.json'.length)}:`, JSON.parse(readFileSync(`${folderOf(language)}/${file}`, 'utf8')))
  }
  return texts
}

export interface Locales {
  /** Words among these that are keys of texts: a page showing one lacks a translation. */
  findKeys(words: readonly string[]): string[]
  /** English texts among these which have another wording in Chinese. */
  findEnglish(lines: readonly string[]): string[]
}

export function readLocales(): Locales {
  const english = readTexts('en-US')
  const chinese = readTexts('zh-Hans')
  const keys = new Set<string>()
  for (const name of english.keys()) {
    const key = name.slice(name.indexOf(':') + 1).replace(/_(one|other)$/, '')
    // A key of one plain word cannot be told from that word.
    if (/[.A-Z]/.test(key)) keys.add(key)
    keys.add(name).add(name.replace(':', '.'))
  }
  const translated = new Set<string>()
  // What a starter wrote into an app is the app's from then on, in the language that it was made in.
  const data = new Set([...english].flatMap(([name, text]) => (name.startsWith('studio:starters.') ? [text] : [])))
  for (const [name, text] of english) {
    if (!data.has(text) && !text.includes('{{') && chinese.get(name) !== text) translated.add(text)
  }
  return {
    findKeys: (words) => words.filter((word) => keys.has(word)),
    findEnglish: (lines) => lines.filter((line) => translated.has(line)),
  }
}
