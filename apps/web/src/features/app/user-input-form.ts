import type { FormFieldSpec, FormItem } from '../../api/types/apps.ts'

/** The controls that the form editor offers; others (made elsewhere) are carried along untouched. */
export const fieldTypes = ['text-input', 'paragraph', 'number', 'select', 'checkbox'] as const
export type FieldType = (typeof fieldTypes)[number]

/** Every control of a form; those beyond `FieldType` stand in workflows alone. */
export type ControlType = FieldType | 'file' | 'file-list' | 'json_object'

/** A field of any control, for filling in. */
export type FormVariable = Variable<ControlType>

/** One variable of an app, as the editor and the forms know it. */
export interface Variable<Type extends ControlType = FieldType> {
  readonly type: Type
  readonly variable: string
  readonly label: string
  readonly isRequired: boolean
  /** Characters; only of text. */
  readonly maxLength: number | undefined
  /** Only of `select`. */
  readonly options: readonly string[]
  readonly defaultValue: string
  /** The default came with the page's address. */
  readonly isPassedIn?: boolean
  /** What came with the field and is not ours to edit. */
  readonly rest: Readonly<Record<string, unknown>>
}

/** The server's own bounds (workflow 1.8), plus the 30 characters that a `{{placeholder}}` may have (6.2). */
const MAX_NAME_LENGTH = 30
const NAME_PATTERN = /^[A-Za-z_][A-Za-z0-9_]*$/u

export type NameFault = 'empty' | 'pattern' | 'length' | 'duplicate'

export function checkVariableName(name: string, others: readonly string[]): NameFault | null {
  if (name === '') return 'empty'
  if (!NAME_PATTERN.test(name)) return 'pattern'
  if (name.length > MAX_NAME_LENGTH) return 'length'
  return others.includes(name) ? 'duplicate' : null
}

function isFieldType(value: string): value is FieldType {
  return fieldTypes.some((type) => type === value)
}

function toDefault(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value)
}

function isControlType(value: string): value is ControlType {
  return isFieldType(value) || value === 'file' || value === 'file-list' || value === 'json_object'
}

function toVariable<Type extends ControlType>(type: Type, field: FormFieldSpec): Variable<Type> {
  const { variable, label, required, max_length, options, default: defaultValue, ...rest } = field
  return {
    type,
    variable,
    label: label || variable,
    isRequired: required ?? false,
    maxLength: max_length ?? undefined,
    options: options ?? [],
    defaultValue: toDefault(defaultValue),
    rest,
  }
}

/** The variables of a form that the editor knows, in order; items of other kinds are left out. */
export function parseUserInputForm(form: readonly FormItem[] | undefined): Variable[] {
  return (form ?? []).flatMap((item) => {
    const entry = Object.entries(item)[0]
    return entry && isFieldType(entry[0]) ? [toVariable(entry[0], entry[1])] : []
  })
}

/** The fields of a form that somebody fills in, in order. */
export function parseForm(form: readonly FormItem[]): FormVariable[] {
  return form.flatMap((item) => {
    const entry = Object.entries(item)[0]
    return entry && isControlType(entry[0]) ? [toVariable(entry[0], entry[1])] : []
  })
}

function toItem(variable: Variable): FormItem {
  const hasLength = variable.type === 'text-input' || variable.type === 'paragraph'
  return {
    [variable.type]: {
      ...variable.rest,
      variable: variable.variable,
      label: variable.label,
      required: variable.isRequired,
      ...(hasLength && variable.maxLength !== undefined && { max_length: variable.maxLength }),
      ...(variable.type === 'select' && { options: variable.options }),
      ...(variable.defaultValue !== '' && { default: toTypedDefault(variable) }),
    },
  }
}

function toTypedDefault(variable: Variable): string | number | boolean {
  if (variable.type === 'checkbox') return variable.defaultValue === 'true'
  if (variable.type === 'number' && Number.isFinite(Number(variable.defaultValue))) return Number(variable.defaultValue)
  return variable.defaultValue
}

/** The form with these variables. What nobody touched stays word for word, and items of other kinds keep their places. */
export function toUserInputForm(variables: readonly Variable[], previous: readonly FormItem[] = []): FormItem[] {
  const known = new Map(previous.flatMap((item) => parseUserInputForm([item]).map((variable) => [JSON.stringify(variable), item] as const)))
  const form = variables.map((variable) => known.get(JSON.stringify(variable)) ?? toItem(variable))
  for (const [position, item] of previous.entries()) {
    if (!isFieldType(Object.keys(item)[0] ?? '')) form.splice(position, 0, item)
  }
  return form
}

/** A new text variable of this name. */
export function newVariable(name: string, type: FieldType = 'text-input'): Variable {
  return {
    type,
    variable: name,
    label: name,
    isRequired: true,
    maxLength: type === 'text-input' ? 100 : undefined,
    options: [],
    defaultValue: '',
    rest: {},
  }
}
