import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox, Select, TextArea, TextField } from '../../design/index.ts'
import type { FormVariable } from '../app/user-input-form.ts'
import { FileField } from './FileField.tsx'
import { readFileRules } from './file-rules.ts'
import type { FaultReason, FieldFault, InputValue, InputValues } from './form-values.ts'
import type { ChangeValues, FieldAim } from './useForm.ts'

export interface InputFieldsProps {
  readonly variables: readonly FormVariable[]
  readonly values: InputValues
  readonly onChange: ChangeValues
  /** What was found wrong when something was sent. */
  readonly faults: readonly FieldFault[]
  /** The field to go to: a new object goes there once more. */
  readonly goTo?: FieldAim | null
  readonly isDisabled?: boolean
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
}

/** The form of an app's variables. */
export function InputFields({ variables, values, onChange, faults, goTo, isDisabled, textOf }: InputFieldsProps) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (goTo) focusField(form.current, goTo)
  }, [goTo])
  return (
    <div ref={form} className="flex flex-col gap-3.5">
      {variables.map((variable) => (
        <div key={variable.variable} data-variable={variable.variable}>
          <InputField
            variable={variable}
            value={values[variable.variable] ?? ''}
            onValueChange={(change) => onChange((now) => ({ ...now, [variable.variable]: change(now[variable.variable] ?? '') }))}
            fault={faults.find((fault) => fault.variable === variable.variable)?.reason}
            isDisabled={isDisabled ?? false}
            textOf={textOf}
          />
        </div>
      ))}
    </div>
  )
}

function focusField(form: HTMLElement | null, { variable }: FieldAim): void {
  const field = form?.querySelector(`[data-variable="${CSS.escape(variable)}"]`)
  const control = field?.querySelector<HTMLElement>(':is(input:not([aria-hidden], [hidden]), textarea, [role=combobox], button)')
  // The whole field, with what is said below it.
  field?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

interface InputFieldProps {
  readonly variable: FormVariable
  readonly value: InputValue
  readonly onValueChange: (change: (value: InputValue) => InputValue) => void
  readonly fault: FaultReason | undefined
  readonly isDisabled: boolean
  readonly textOf: (error: unknown) => string
}

function InputField({ variable, value, onValueChange, fault, isDisabled, textOf }: InputFieldProps) {
  const { t } = useTranslation('chat')
  const text = typeof value === 'string' ? value : ''
  const put = (next: InputValue) => onValueChange(() => next)
  const error = fault === undefined ? null : t(`form.${fault}`, { label: variable.label })
  const hint = hintOf(variable)
  const shared = { label: variable.label, hint, required: variable.isRequired, disabled: isDisabled, error }
  switch (variable.type) {
    case 'checkbox':
      return <Checkbox label={variable.label} checked={value === true} onCheckedChange={put} disabled={isDisabled} />
    case 'select':
      return (
        <Select
          {...shared}
          placeholder={t('form.choose')}
          options={variable.options.map((option) => ({ value: option, label: option }))}
          value={text === '' ? null : text}
          onValueChange={put}
        />
      )
    case 'paragraph':
      return <TextArea {...shared} rows={4} value={text} onValueChange={put} maxLength={variable.maxLength} />
    case 'json_object':
      return (
        <TextArea
          {...shared}
          rows={5}
          value={text}
          onValueChange={put}
          placeholder="{ }"
          spellCheck={false}
          controlClassName="font-mono text-s"
        />
      )
    case 'number':
      return <TextField {...shared} type="number" step="any" value={text} onValueChange={put} />
    case 'text-input':
      return <TextField {...shared} value={text} onValueChange={put} maxLength={variable.maxLength} />
    case 'file':
    case 'file-list':
      return (
        <FileField
          label={variable.label}
          hint={hint}
          isRequired={variable.isRequired}
          isDisabled={isDisabled}
          error={error}
          rules={readFileRules(variable)}
          files={typeof value === 'object' ? value : []}
          onChange={(change) => onValueChange((now) => change(typeof now === 'object' ? now : []))}
          textOf={textOf}
        />
      )
  }
}

/** What the makers of the form say about a field. */
function hintOf({ rest }: FormVariable): string | undefined {
  const hint = rest['hint'] || rest['description']
  return typeof hint === 'string' ? hint : undefined
}
