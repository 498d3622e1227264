import { describe, expect, it } from 'vitest'
import { compressText } from '../../embed/compressed-text.ts'
import { parseForm } from '../../features/app/user-input-form.ts'
import { initialValues } from '../../features/form/form-values.ts'
import { fillForm } from './fill-form.ts'
import { nothingPassedIn, readPassedIn } from './passed-in.ts'

const ID = '0190f0a4-3c1e-7b44-9d2a-0123456789ab'

describe('what is passed in by the address', () => {
  it('is nothing where nothing stands there', async () => {
    expect(await readPassedIn('')).toBe(nothingPassedIn)
  })

  it('is read compressed and plain, by its prefix', async () => {
    const query = new URLSearchParams({
      name: await compressText('Ada Lovelace'),
      tour: 'Long',
      'sys.user_id': await compressText('customer-7'),
      'sys.conversation_id': await compressText(ID),
      'user.name': 'Ada',
      'user.avatar_url': 'https://example.com/ada.png',
    })
    expect(await readPassedIn(`?${query}`)).toEqual({
      inputs: { name: 'Ada Lovelace', tour: 'Long' },
      userId: 'customer-7',
      conversationId: ID,
      user: { name: 'Ada', avatarUrl: 'https://example.com/ada.png' },
    })
  })

  it('leaves out what is none: ids, addresses, and the page’s own parameter', async () => {
    const given = await readPassedIn(`?sys.conversation_id=x&user.avatar_url=javascript:alert(1)&sys.files=y&conversation=${ID}`)
    expect(given).toEqual(nothingPassedIn)
    expect((await readPassedIn('?conversation=about+trains')).inputs).toEqual({ conversation: 'about trains' })
  })
})

describe('a form', () => {
  const variables = parseForm([
    { 'text-input': { variable: 'name', label: 'Name', required: true, max_length: 5 } },
    { number: { variable: 'count', label: 'Count', required: false, default: 3 } },
    { select: { variable: 'tone', label: 'Tone', options: ['warm', 'plain'], default: 'plain', required: false } },
    { checkbox: { variable: 'short', label: 'Short', required: false } },
    { json_object: { variable: 'settings', label: 'Settings', required: false } },
    { file: { variable: 'scan', label: 'Scan', required: false } },
  ])
  const filled = (inputs: Record<string, string>) => initialValues(fillForm(variables, { ...nothingPassedIn, inputs }))

  it('begins with what its fields take', () => {
    expect(filled({ name: 'Augusta', count: ' 7 ', tone: 'warm', short: 'True', settings: '{"a":1}', other: 'x' })).toEqual({
      name: 'Augus',
      count: '7',
      tone: 'warm',
      short: true,
      settings: '{"a":1}',
      scan: [],
    })
  })

  it('keeps its defaults where they do not take it', () => {
    const untouched = initialValues(variables)
    expect(filled({ count: 'many', tone: 'cold', short: 'perhaps', settings: '[1]', scan: 'https://example.com/a.pdf' })).toEqual(untouched)
    expect(fillForm(variables, { ...nothingPassedIn, inputs: { tone: 'cold' } }).some((field) => field.isPassedIn)).toBe(false)
  })
})
