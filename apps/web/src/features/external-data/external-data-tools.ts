import type { FormItem, ModelConfig } from '../../api/types/apps.ts'

/** A text that the app fetches before its prompt is made. */
export interface ExternalDataTool {
  readonly variable: string
  readonly label: string
  /** Empty where none is chosen yet. */
  readonly extensionId: string
  readonly isOn: boolean
}

/** Dify's editor keeps them in the form, others in a list of their own: each stays where it is. */
export interface PlacedTool extends ExternalDataTool {
  readonly place: Place
}

export interface Place {
  readonly in: 'list' | 'form'
  readonly position: number
}

type Sections = Pick<ModelConfig, 'external_data_tools' | 'user_input_form'>

export const newTool: ExternalDataTool = { variable: '', label: '', extensionId: '', isOn: true }

/** All of them, each variable once. */
export function readTools({ external_data_tools: list, user_input_form: form }: Sections): PlacedTool[] {
  const listed = (list ?? []).map((stored, position) => toTool(stored, { in: 'list', position }, false))
  const names = new Set(listed.map(({ variable }) => variable))
  const fields = (form ?? []).flatMap(({ external_data_tool: field }, position) =>
    field && !names.has(field.variable) ? [toTool(field, { in: 'form', position }, true)] : [],
  )
  return [...listed, ...fields]
}

/** What must not be asked for, or named anew. */
export const externalVariables = (config: Sections): string[] => readTools(config).map(({ variable }) => variable)

/** The configuration with this tool: in the place given, or at the end of the list. What we do not know of it stays. */
export function writeTool(config: Sections, tool: ExternalDataTool, place?: Place): Partial<Sections> {
  const list = config.external_data_tools ?? []
  if (place === undefined) return { external_data_tools: [...list, toStored({}, tool)] }
  if (place.in === 'list')
    return { external_data_tools: list.map((stored, at) => (at === place.position ? toStored(stored, tool) : stored)) }
  const change = (item: FormItem): FormItem =>
    // Stored as it came, and as a field: with a label and a name.
    item.external_data_tool ? { external_data_tool: { ...item.external_data_tool, ...toStored(item.external_data_tool, tool) } } : item
  return { user_input_form: config.user_input_form.map((item, at) => (at === place.position ? change(item) : item)) }
}

export function removeTool(config: Sections, place: Place): Partial<Sections> {
  const others = <T>(items: readonly T[]): T[] => items.filter((_, at) => at !== place.position)
  return place.in === 'list'
    ? { external_data_tools: others(config.external_data_tools ?? []) }
    : { user_input_form: others(config.user_input_form) }
}

function toTool(stored: unknown, place: Place, isOnByItself: boolean): PlacedTool {
  const { variable, label, enabled, config } = toRecord(stored)
  const name = toText(variable)
  return {
    place,
    variable: name,
    label: toText(label) || name,
    extensionId: toText(toRecord(config)['api_based_extension_id']),
    isOn: typeof enabled === 'boolean' ? enabled : isOnByItself,
  }
}

const toStored = (stored: unknown, { variable, label, extensionId, isOn }: ExternalDataTool) => ({
  ...toRecord(stored),
  enabled: isOn,
  type: 'api',
  variable,
  label: label.trim() || variable,
  config: { ...toRecord(toRecord(stored)['config']), api_based_extension_id: extensionId },
})

const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

const toRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  // Objects of JSON have texts for keys.
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
