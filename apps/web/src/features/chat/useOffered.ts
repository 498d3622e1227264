import { useState } from 'react'
import type { OfferedText } from './composer-text.ts'

export interface Offered {
  /** For the field. */
  readonly offered: OfferedText | null
  /** Asks a question with one press; where it is not taken yet, because the form wants something, it waits in the field. */
  readonly choose: (question: string) => void
}

export function useOffered(send: (question: string) => boolean): Offered {
  const [offered, setOffered] = useState<OfferedText | null>(null)
  return {
    offered,
    choose(question) {
      if (!send(question)) setOffered({ text: question })
      else if (offered?.text === question) setOffered({ text: '' })
    },
  }
}
