import { errorCatalog } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { accessTexts as accessEnglish } from './en-US/access.ts'
import { annotationTexts as annotationsEnglish } from './en-US/annotations.ts'
import { auditTexts as auditEnglish } from './en-US/audit.ts'
import { embedTexts as embedEnglish } from './en-US/embed.ts'
import { extensionTexts as extensionsEnglish } from './en-US/extensions.ts'
import { generatorTexts as generatorEnglish } from './en-US/generator.ts'
import { texts as english } from './en-US/index.ts'
import { moderationTexts as moderationEnglish } from './en-US/moderation.ts'
import { obstacleTexts as obstaclesEnglish } from './en-US/obstacles.ts'
import { playgroundTexts as playgroundEnglish } from './en-US/playground.ts'
import { publishedTexts as publishedEnglish } from './en-US/published.ts'
import { upkeepTexts as upkeepEnglish } from './en-US/upkeep.ts'
import { usageTexts as usageEnglish } from './en-US/usage.ts'
import { accessTexts as accessChinese } from './zh-Hans/access.ts'
import { annotationTexts as annotationsChinese } from './zh-Hans/annotations.ts'
import { auditTexts as auditChinese } from './zh-Hans/audit.ts'
import { embedTexts as embedChinese } from './zh-Hans/embed.ts'
import { extensionTexts as extensionsChinese } from './zh-Hans/extensions.ts'
import { generatorTexts as generatorChinese } from './zh-Hans/generator.ts'
import { texts as chinese } from './zh-Hans/index.ts'
import { moderationTexts as moderationChinese } from './zh-Hans/moderation.ts'
import { obstacleTexts as obstaclesChinese } from './zh-Hans/obstacles.ts'
import { playgroundTexts as playgroundChinese } from './zh-Hans/playground.ts'
import { publishedTexts as publishedChinese } from './zh-Hans/published.ts'
import { upkeepTexts as upkeepChinese } from './zh-Hans/upkeep.ts'
import { usageTexts as usageChinese } from './zh-Hans/usage.ts'

type Tree = { readonly [key: string]: string | Tree }

function leaves(tree: Tree, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[[...path, key].join('/'), value]] : leaves(value, [...path, key]),
  )
}

/** `count_one` and `count_other` are one text; languages have different plural forms. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/u, '')
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu) ?? [])].sort()

const en = leaves({
  ...english,
  ...accessEnglish,
  ...annotationsEnglish,
  ...auditEnglish,
  ...embedEnglish,
  ...extensionsEnglish,
  ...generatorEnglish,
  ...moderationEnglish,
  ...obstaclesEnglish,
  ...playgroundEnglish,
  ...publishedEnglish,
  ...upkeepEnglish,
  ...usageEnglish,
})
const zh = new Map(
  leaves({
    ...chinese,
    ...accessChinese,
    ...annotationsChinese,
    ...auditChinese,
    ...embedChinese,
    ...extensionsChinese,
    ...generatorChinese,
    ...moderationChinese,
    ...obstaclesChinese,
    ...playgroundChinese,
    ...publishedChinese,
    ...upkeepChinese,
    ...usageChinese,
  }),
)

describe('locale files', () => {
  it('hold the same texts in every language', () => {
    expect([...new Set([...zh.keys()].map(withoutPlural))].sort()).toEqual([...new Set(en.map(([key]) => withoutPlural(key)))].sort())
  })

  it('fill in the same values in every language', () => {
    for (const [key, text] of en) {
      const other = zh.get(key) ?? zh.get(`${withoutPlural(key)}_other`)
      if (other !== undefined && !key.endsWith('_one')) expect([key, placeholders(other)]).toEqual([key, placeholders(text)])
    }
  })

  it('leave no text empty', () => {
    for (const [key, text] of [...en, ...zh]) expect([key, text.trim() !== '']).toEqual([key, true])
  })

  it('word only errors that exist', () => {
    const own = ['network_unreachable', 'malformed_answer', 'unexpected', 'locked_for']
    for (const code of Object.keys(english.errors)) expect([...Object.keys(errorCatalog), ...own]).toContain(code)
  })
})
