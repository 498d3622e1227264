export interface Letter {
  readonly subject?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cc?: string | undefined
  readonly date?: string | undefined
  readonly body: string
  /** Names of what is attached. */
  readonly attachments: readonly string[]
}

/** A mail as text: its headline, an empty line, its words. */
export function toLetterText({ subject, from, to, cc, date, body, attachments }: Letter): string {
  const head = Object.entries({ Subject: subject, From: from, To: to, Cc: cc, Date: date, Attachments: attachments.join(', ') })
  const lines = head.flatMap(([name, value]) => (value ? [`${name}: ${value.replace(/\s+/g, ' ').trim()}`] : []))
  return [lines.join('\n'), body.trim()].filter((piece) => piece !== '').join('\n\n')
}
