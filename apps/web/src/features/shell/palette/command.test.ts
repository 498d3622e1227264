import { describe, expect, it } from 'vitest'
import { type Command, findCommands } from './command.ts'

const command = (label: string, more: Partial<Command> = {}): Command => ({ id: label, label, run: () => {}, ...more })
const apps = {
  label: 'Apps',
  items: [command('Interview coach', { hint: 'Chatbot' }), command('Haiku of the day', { hint: 'Text generator' }), command('翻译文本')],
}
const pages = {
  label: 'Pages',
  items: [command('Model providers', { hint: 'Settings' }), command('Appearance', { hint: 'Settings', keywords: 'dark light' })],
}
const found = (query: string) => findCommands([apps, pages], query).map(({ label, items }) => [label, ...items.map((item) => item.label)])

describe('the palette', () => {
  it('shows everything until something is typed', () => {
    expect(findCommands([apps, pages, { label: 'None', items: [] }], '  ')).toEqual([apps, pages])
  })

  it('finds by letters in order, by words in any order, and by other names', () => {
    expect(found('hku')).toEqual([['Apps', 'Haiku of the day']])
    expect(found('coach inter')).toEqual([['Apps', 'Interview coach']])
    expect(found('dark')).toEqual([['Pages', 'Appearance']])
    expect(found('翻译')).toEqual([['Apps', '翻译文本']])
  })

  it('puts the group with the best match first', () => {
    expect(found('mod')[0]).toEqual(['Pages', 'Model providers'])
    expect(found('settings').flat().sort()).toEqual(['Appearance', 'Model providers', 'Pages'])
  })

  it('finds nothing where nothing is meant', () => {
    expect(found('zzzz')).toEqual([])
  })
})
