import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../api/api-error.ts'
import type { Credentials } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { refusedField } from './credential-form.ts'

/** What the server calls the name of a key. */
export const KEY_NAME = 'name'

interface FaultsOptions {
  /** How often it was tried to save. */
  readonly tries: number
  readonly missing: readonly string[]
  readonly error: Error | null
  readonly shown: readonly string[]
  readonly sent: Credentials
  readonly now: Credentials
}

interface Faults {
  /** Around the fields. */
  readonly box: RefObject<HTMLDivElement | null>
  readonly faultOf: (variable: string) => string | null
  /** What no field is to blame for. */
  readonly general: Error | null
}

/** What is wrong stands at its field; the form may be long, so the first of them is brought into view. */
export function useFaults({ tries, missing, error, shown, sent, now }: FaultsOptions): Faults {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const box = useRef<HTMLDivElement>(null)
  const refused = refusedField(error instanceof ApiError ? error.param : undefined, { shown, sent, now })
  const faultOf = (variable: string): string | null => {
    if (tries > 0 && missing.includes(variable)) return t('models.credentials.missing')
    return refused?.variable === variable && !refused.isMended ? errorText(error) : null
  }
  useEffect(() => {
    if (tries > 0) showFirst(box.current, error)
  }, [tries, error])
  return { box, faultOf, general: refused ? null : error }
}

/** `error` is what it is shown for: each one anew. */
function showFirst(box: HTMLElement | null, _error: Error | null): void {
  const field = box?.querySelector<HTMLElement>('[data-invalid]')
  field?.scrollIntoView({ block: 'nearest' })
  field?.querySelector<HTMLElement>('input, [role=combobox]')?.focus({ preventScroll: true })
}
