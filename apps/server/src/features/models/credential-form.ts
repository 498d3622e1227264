import { AppError, type Refusal, type RefusalReason } from '@trellis/contracts'
import type { CredentialField, Credentials } from '@trellis/spec'
import { isMaskOf } from './mask-secrets.ts'

const AMOUNT = /^\s*\d{1,9}(?:\.\d{1,9})?\s*$/

/** No provider's key, certificate or address is longer. */
const LONGEST_VALUE = 20_000

export interface CredentialForm {
  readonly fields: readonly CredentialField[]
  readonly given: Readonly<Record<string, unknown>>
  /** What a masked secret stands for. */
  readonly stored?: Credentials | undefined
  /** Values that fields may depend on without being fields themselves (`__model_type`). */
  readonly context?: Readonly<Record<string, string>>
}

/**
 * Checks what was filled in against the provider's form and completes it with defaults. Fields that the form does not show, or does
 * not know, are dropped.
 * @throws AppError `invalid_param` naming the field and what it accepts
 */
export function readCredentialForm({ fields, given, stored = {}, context = {} }: CredentialForm): Credentials {
  const values: Record<string, string> = {}
  const isShown = (conditions: CredentialField['show_on']): boolean =>
    conditions.every(({ variable, value }) => (context[variable] ?? values[variable]) === value)
  for (const field of fields) {
    if (!isShown(field.show_on)) continue
    const value = readField(field, Object.hasOwn(given, field.variable) ? given[field.variable] : undefined, stored[field.variable])
    if (value === undefined) continue
    assertOffered(field, value, isShown)
    values[field.variable] = value
  }
  assertSameAddress({ fields, given, stored }, values)
  return values
}

/** A mask of what stands beside is no secret: what is added brings its own. @throws AppError `invalid_param` */
export function refuseMasksOf(
  others: readonly (Credentials | undefined)[],
  { fields, given }: Pick<CredentialForm, 'fields' | 'given'>,
): void {
  for (const field of fields) {
    if (field.type !== 'secret-input') continue
    if (others.some((stored) => isMaskOf(given[field.variable], stored?.[field.variable]))) throw refuseMask(field)
  }
}

const refuseMask = (field: CredentialField): AppError =>
  refuse(field, 'came masked, but nothing is stored to take its place. Enter it in full', 'input_missing')

/** Fields that say where requests, and so the secrets, are sent; not what a model or its place is called there. */
const ADDRESS = /(?:base|url|endpoint|host|server)(?!_model_name|_id)/i

/** A stored secret that nobody can read must not be sent to an address that anybody chose. */
function assertSameAddress({ fields, given, stored = {} }: CredentialForm, values: Credentials): void {
  const kept = fields.find((field) => field.type === 'secret-input' && isMaskOf(given[field.variable], stored[field.variable]))
  const moved = fields.find(({ variable }) => ADDRESS.test(variable) && (values[variable] ?? '') !== (stored[variable] ?? ''))
  if (!kept || !moved || kept.variable === moved.variable) return
  throw new AppError('invalid_param', {
    param: kept.variable,
    message: `${moved.label.en_US} has changed: enter ${kept.label.en_US} again, so that it is sent nowhere new unseen.`,
    refusal: { reason: 'credentials_secret_again', values: { address: moved.label.en_US, secret: kept.label.en_US } },
  })
}

function readField(field: CredentialField, given: unknown, stored: string | undefined): string | undefined {
  if (field.type === 'secret-input' && isMaskOf(given, stored)) {
    if (stored === undefined) throw refuseMask(field)
    return stored
  }
  if (given === undefined || given === null || given === '') {
    if (field.default !== undefined) return field.default
    if (field.required) throw refuse(field, 'is required', 'input_missing')
    return undefined
  }
  if (field.type === 'switch') return readSwitch(field, given)
  if (typeof given !== 'string') throw refuse(field, 'must be a text', 'input_text')
  if (field.format === 'amount' && !AMOUNT.test(given)) throw refuse(field, 'must be a number such as 0.15', 'input_number')
  const longest = field.max_length || LONGEST_VALUE
  if (given.length > longest)
    throw refuse(field, `takes at most ${longest} characters, but has ${given.length}`, 'input_too_long', { limit: longest })
  // Nothing else is ever requested; only the provider's client would tell so, in words that are not its own.
  if (field.type === 'text-input' && ADDRESS.test(field.variable) && !/^https?:\/\//i.test(given))
    throw refuse(field, 'must begin with http:// or https://', 'credentials_address')
  return given
}

function readSwitch(field: CredentialField, given: unknown): string {
  const text = String(given)
  if (text !== 'true' && text !== 'false') throw refuse(field, 'must be true or false', 'input_switch')
  return text
}

function assertOffered(field: CredentialField, value: string, isShown: (conditions: CredentialField['show_on']) => boolean): void {
  if (field.type !== 'select' && field.type !== 'radio') return
  const offered = (field.options ?? []).filter((option) => isShown(option.show_on)).map((option) => option.value)
  const told = offered.join(', ')
  if (!offered.includes(value)) throw refuse(field, `must be one of ${told}`, 'input_choice', { offered: told })
}

const refuse = (field: CredentialField, what: string, reason: RefusalReason, values: Refusal['values'] = {}): AppError =>
  new AppError('invalid_param', {
    param: field.variable,
    message: `${field.label.en_US} (${field.variable}) ${what}.`,
    refusal: { reason, values: { field: field.label.en_US, ...values } },
  })
