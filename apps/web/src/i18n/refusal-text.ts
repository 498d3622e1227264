import type { i18n } from 'i18next'

/**
 * For `useTranslation` where refusals are told: draws again when texts have come, so that one told in general words meanwhile gets its sentence. Not
 * for the whole page: each page and dialog brings texts of its own.
 */
export const redrawnByTexts = { bindI18nStore: 'added' } as const

/**
 * Says in the reader's language what the server told of a refusal: its answer, or the `details` of it. Undefined where it told nothing, or what
 * only a newer server knows.
 */
export function refusalText(answer: unknown, i18n: i18n): string | undefined {
  const told = toldIn(answer)
  if (!told || !('values' in told)) return undefined
  const own = ownSentence(`${told.reason}`, told.values, i18n.language)
  if (own !== undefined) return own
  bringRefusals(i18n)
  const key = `reasons.${told.reason}`
  const isKnown: boolean = i18n.exists(key, { ns: 'refusals' })
  // A reason is data, which the check above has found among the texts.
  return isKnown ? i18n.getFixedT(i18n.language, 'refusals')(key as 'reasons.uploads_busy', { replace: told.values ?? {} }) : undefined
}

/** Why it refused; undefined where it told nothing. */
export const refusalReason = (answer: unknown): string | undefined => {
  const told = toldIn(answer)
  return told && `${told.reason}`
}

function toldIn(answer: unknown): { readonly reason: unknown } | undefined {
  const told = isObject(answer) && 'details' in answer ? answer.details : answer
  return isObject(told) && 'reason' in told ? told : undefined
}

/** What a rule for a field says of itself tells more than the kind of the fault; it is English. */
function ownSentence(reason: string, values: unknown, language: string): string | undefined {
  if (!reason.startsWith('field_') || !language.startsWith('en') || !isObject(values)) return undefined
  return 'said' in values && typeof values.said === 'string' ? values.said : undefined
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The sentences come after the page. Where they did not, the next refusal asks again, and is told in general words meanwhile. */
export function bringRefusals(i18n: i18n): void {
  if (i18n.hasResourceBundle(i18n.language, 'refusals')) return
  void import('./refusal-texts.ts').then(({ bringRefusalTexts }) => bringRefusalTexts(i18n)).catch(() => undefined)
}
