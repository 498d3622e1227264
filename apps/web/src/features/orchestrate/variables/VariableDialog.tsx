import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Checkbox, Dialog, Field, IconButton, Select, TextField } from '../../../design/index.ts'
import { checkVariableName, fieldTypes, type Variable } from '../../app/user-input-form.ts'

export interface VariableDialogProps {
  readonly initial: Variable
  readonly isNew: boolean
  readonly others: readonly string[]
  readonly onSave: (variable: Variable) => void
  readonly onClose: () => void
}

export function VariableDialog({ initial, isNew, others, onSave, onClose }: VariableDialogProps) {
  const { t } = useTranslation('orchestrate')
  const [variable, setVariable] = useState(initial)
  const [isTried, setTried] = useState(false)
  const set = (part: Partial<Variable>) => setVariable((current) => ({ ...current, ...part }))
  const nameFault = checkVariableName(variable.variable, others)
  const options = variable.options.map((option) => option.trim()).filter(Boolean)
  const optionsFault = variable.type === 'select' && options.length === 0 ? t('variables.faults.options') : null
  const submit = () => {
    setTried(true)
    if (nameFault || optionsFault) return
    const isChoice = variable.type === 'select'
    const hasDefault = !isChoice || options.includes(variable.defaultValue)
    onSave({
      ...variable,
      label: variable.label.trim() || variable.variable,
      options: isChoice ? [...new Set(options)] : [],
      defaultValue: hasDefault ? variable.defaultValue : '',
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isNew ? t('variables.newTitle') : t('variables.editTitle')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary">
            {isNew ? t('add', { ns: 'common' }) : t('save', { ns: 'common' })}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('variables.name')}
          autoFocus
          required
          isMono
          placeholder="customer_name"
          value={variable.variable}
          onValueChange={(name) => set({ variable: name, ...(variable.label === variable.variable && { label: name }) })}
          error={isTried && nameFault ? t(`variables.faults.${nameFault}`) : null}
        />
        <Select
          label={t('variables.type')}
          options={fieldTypes.map((type) => ({ value: type, label: t(`variables.types.${type}`) }))}
          value={variable.type}
          onValueChange={(type) => set({ type, defaultValue: '' })}
        />
      </div>
      <TextField label={t('variables.label')} value={variable.label} onValueChange={(label) => set({ label })} />
      {variable.type === 'select' && (
        <OptionsField options={variable.options} onChange={(next) => set({ options: next })} error={isTried ? optionsFault : null} />
      )}
      <DefaultField variable={variable} options={options} onChange={(defaultValue) => set({ defaultValue })} />
      {(variable.type === 'text-input' || variable.type === 'paragraph') && (
        <TextField
          label={t('variables.maxLength')}
          aside={t('optional', { ns: 'common' })}
          type="number"
          min={1}
          value={variable.maxLength === undefined ? '' : String(variable.maxLength)}
          onValueChange={(text) => set({ maxLength: Number(text) >= 1 ? Math.floor(Number(text)) : undefined })}
        />
      )}
      {variable.type !== 'checkbox' && (
        <Checkbox label={t('variables.isRequired')} checked={variable.isRequired} onCheckedChange={(isRequired) => set({ isRequired })} />
      )}
    </Dialog>
  )
}

interface DefaultFieldProps {
  readonly variable: Variable
  readonly options: readonly string[]
  readonly onChange: (value: string) => void
}

function DefaultField({ variable, options, onChange }: DefaultFieldProps) {
  const { t } = useTranslation('orchestrate')
  const label = t('variables.default')
  if (variable.type === 'checkbox') {
    return (
      <Checkbox
        label={t('variables.defaultChecked')}
        checked={variable.defaultValue === 'true'}
        onCheckedChange={(isOn) => onChange(String(isOn))}
      />
    )
  }
  if (variable.type === 'select') {
    const none = { value: '', label: t('variables.noDefault') }
    return (
      <Select
        label={label}
        options={[none, ...options.map((option) => ({ value: option, label: option }))]}
        value={options.includes(variable.defaultValue) ? variable.defaultValue : ''}
        onValueChange={onChange}
      />
    )
  }
  return (
    <TextField
      label={label}
      aside={t('optional', { ns: 'common' })}
      type={variable.type === 'number' ? 'number' : 'text'}
      step="any"
      value={variable.defaultValue}
      onValueChange={onChange}
    />
  )
}

interface OptionsFieldProps {
  readonly options: readonly string[]
  readonly onChange: (options: readonly string[]) => void
  readonly error: string | null
}

function OptionsField({ options, onChange, error }: OptionsFieldProps) {
  const { t } = useTranslation('orchestrate')
  // One empty row at the end takes the next option.
  const rows = [...options, '']
  return (
    <Field label={t('variables.options')} error={error} isRequired>
      <div className="flex flex-col gap-1.5">
        {rows.map((option, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place; their text may repeat while typing
          <div key={position} className="flex gap-1">
            <TextField
              className="flex-1"
              aria-label={t('variables.option', { number: position + 1 })}
              placeholder={position === options.length ? t('variables.addOption') : undefined}
              value={option}
              onValueChange={(text) =>
                onChange(
                  rows.map((old, index) => (index === position ? text : old)).filter((old, index) => index < options.length || old !== ''),
                )
              }
            />
            <IconButton
              label={t('variables.removeOption', { number: position + 1 })}
              className={position === options.length ? 'invisible' : ''}
              onClick={() => onChange(options.filter((_, index) => index !== position))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
      </div>
    </Field>
  )
}
