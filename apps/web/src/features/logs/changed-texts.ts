import type { LogMessage } from '../../api/types/conversations.ts'

export interface ChangedText {
  /** Which input; undefined for the question itself. */
  readonly input: string | undefined
  readonly asked: string
  readonly sent: string
}

/** What differs between a question as it was asked and as it was sent on: the question first, then inputs in their order. */
export function changedTexts({ asked, inputs, query }: Pick<LogMessage, 'asked' | 'inputs' | 'query'>): ChangedText[] {
  if (asked === null) return []
  const names = [...new Set([...Object.keys(asked.inputs), ...Object.keys(inputs)])]
  const texts = [
    { input: undefined, asked: asked.query, sent: query },
    ...names.map((input) => ({ input, asked: toText(asked.inputs[input]), sent: toText(inputs[input]) })),
  ]
  return texts.filter((text) => text.asked !== text.sent)
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
