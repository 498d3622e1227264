import type { FormVariable } from '../../app/user-input-form.ts'
import type { EmbedTarget } from './embed-code.ts'

/** Something that a page can pass in to an app. */
export interface PassableValue {
  /** As addresses name it. */
  readonly name: string
  /** Of the form; absent for what every app takes. */
  readonly label?: string
  readonly kind: 'text' | 'number' | 'select' | 'tick' | 'json' | 'userId' | 'conversationId' | 'userName' | 'avatar'
  readonly options: readonly string[]
  readonly maxLength: number | undefined
  /** The form does not show it. */
  readonly isHidden: boolean
  readonly example: string
}

/** The fields of the app's own form, and what every chat takes; files cannot be passed in. */
export function passableValues(variables: readonly FormVariable[], page: EmbedTarget['page']): readonly PassableValue[] {
  return [...variables.flatMap(toPassable), userId, ...(page === 'chatbot' ? ofChats : [])]
}

const everywhere = { options: [], maxLength: undefined, isHidden: false } as const
const userId: PassableValue = { ...everywhere, name: 'sys.user_id', kind: 'userId', example: 'a-long-random-name' }
const ofChats: readonly PassableValue[] = [
  { ...everywhere, name: 'sys.conversation_id', kind: 'conversationId', example: '' },
  { ...everywhere, name: 'user.name', kind: 'userName', example: 'Ada Lovelace' },
  { ...everywhere, name: 'user.avatar_url', kind: 'avatar', example: 'https://www.example.com/ada.png' },
]

const kinds = {
  'text-input': 'text',
  paragraph: 'text',
  number: 'number',
  select: 'select',
  checkbox: 'tick',
  json_object: 'json',
  file: undefined,
  'file-list': undefined,
} as const

const examples = { text: '', number: '1', select: '', tick: 'true', json: '{}' } as const

function toPassable({ variable, label, type, options, maxLength, defaultValue, rest }: FormVariable): PassableValue[] {
  const kind = kinds[type]
  if (kind === undefined) return []
  const example = defaultValue || options[0] || examples[kind] || label.slice(0, maxLength)
  return [{ name: variable, label, kind, options, maxLength, isHidden: rest['hide'] === true, example }]
}
