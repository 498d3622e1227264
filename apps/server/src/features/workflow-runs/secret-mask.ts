import type { RunEvent } from '@trellis/contracts'
import { isDict, isList, toDict, type Value } from '@trellis/values'
import { obfuscate, type Variable } from '@trellis/variables'

/** Shorter ones would hide half of every text. */
const SHORTEST = 4

/** Hides the values of secret variables in a text. Undefined where there is nothing to hide. */
export function createTextMask(variables: readonly { readonly variable: Variable }[]): ((text: string) => string) | undefined {
  const secrets = variables
    .flatMap(({ variable: { type, value } }) => (type === 'secret' && typeof value === 'string' && value.length >= SHORTEST ? [value] : []))
    // One that is part of another would spoil it.
    .sort((one, other) => other.length - one.length)
  if (secrets.length === 0) return undefined
  return (given) => secrets.reduce((text, secret) => text.replaceAll(secret, () => obfuscate(secret)), given)
}

/** The same in the texts of a value. */
export function createValueMask(variables: readonly { readonly variable: Variable }[]): ((value: Value) => Value) | undefined {
  const hideText = createTextMask(variables)
  if (!hideText) return undefined
  const hide = (value: Value): Value => {
    if (typeof value === 'string') return hideText(value)
    if (isList(value)) return value.map(hide)
    return isDict(value) ? toDict(Object.entries(value).map(([key, item]) => [key, hide(item)])) : value
  }
  return hide
}

/**
 * Hides the values of secret variables in what records tell of nodes: inputs and process data, prompts and programs included, errors,
 * and what agents log (workflow spec 1.6). Outputs stay, which later nodes are given when a run is taken up. Undefined as above.
 */
export function createSecretMask(variables: readonly { readonly variable: Variable }[]): ((event: RunEvent) => RunEvent) | undefined {
  const hideText = createTextMask(variables)
  const hide = createValueMask(variables)
  if (!hideText || !hide) return undefined
  // Events carry values; their schema does not look into them.
  const hideAll = (values: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ ...(hide(values as Value) as object) })
  // What failed often quotes what it was given.
  const hideError = ({ error }: { readonly error?: string | undefined }) => (error === undefined ? {} : { error: hideText(error) })
  return (event) => {
    switch (event.type) {
      case 'node-end':
      case 'node-retry':
        return {
          ...event,
          ...hideError(event),
          ...(event.inputs ? { inputs: hideAll(event.inputs) } : {}),
          ...(event.processData ? { processData: hideAll(event.processData) } : {}),
        }
      case 'container-start':
        return { ...event, inputs: hideAll(event.inputs) }
      case 'container-end':
        return { ...event, inputs: hideAll(event.inputs), ...hideError(event) }
      case 'agent-log': {
        const { data, error } = event.log
        return { ...event, log: { ...event.log, data: hideAll(data), error: error === null ? null : hideText(error) } }
      }
      default:
        return event
    }
  }
}
