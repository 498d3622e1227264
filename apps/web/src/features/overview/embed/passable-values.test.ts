import { expect, it } from 'vitest'
import { parseForm } from '../../app/user-input-form.ts'
import { passableValues } from './passable-values.ts'

const variables = parseForm([
  { 'text-input': { variable: 'name', label: 'First name', required: true, max_length: 5 } },
  { select: { variable: 'tone', label: 'Tone', options: ['warm', 'plain'], required: false } },
  { number: { variable: 'count', label: 'Count', required: false, default: 3, hide: true } },
  { file: { variable: 'scan', label: 'Scan', required: false } },
])

it('an app’s own fields can be passed in, but for files, and what every chat takes', () => {
  const values = passableValues(variables, 'chatbot')
  expect(values.map(({ name, kind, example }) => [name, kind, example])).toEqual([
    ['name', 'text', 'First'],
    ['tone', 'select', 'warm'],
    ['count', 'number', '3'],
    ['sys.user_id', 'userId', 'a-long-random-name'],
    ['sys.conversation_id', 'conversationId', ''],
    ['user.name', 'userName', 'Ada Lovelace'],
    ['user.avatar_url', 'avatar', 'https://www.example.com/ada.png'],
  ])
  expect(values.find(({ name }) => name === 'count')?.isHidden).toBe(true)
  expect(passableValues([], 'workflow').map(({ name }) => name)).toEqual(['sys.user_id'])
})
