import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Chip, IconButton, Menu, useToast } from '../../../design/index.ts'
import { findVariables } from '../../app/prompt-variables.ts'
import { type FieldType, fieldTypes, newVariable, parseUserInputForm, toUserInputForm, type Variable } from '../../app/user-input-form.ts'
import { externalVariables } from '../../external-data/external-data-tools.ts'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'
import { NamedRow } from './NamedRow.tsx'
import { VariableDialog } from './VariableDialog.tsx'

interface Editing {
  readonly variable: Variable
  /** Where it stands; absent for a new one. */
  readonly position?: number
}

export function VariablesSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const toast = useToast()
  const [editing, setEditing] = useState<Editing | null>(null)
  const variables = parseUserInputForm(config.user_input_form)
  // An advanced prompt (made elsewhere) keeps its texts in other places: nothing is said about it.
  const used = config.prompt_type === 'advanced' ? null : findVariables(config.pre_prompt, config.opening_statement)
  const set = (next: readonly Variable[]) => patch({ user_input_form: toUserInputForm(next, config.user_input_form) })
  const remove = (position: number) => {
    const before = config.user_input_form
    set(variables.filter((_, index) => index !== position))
    toast.success(t('variables.removed', { name: variables[position]?.variable }), {
      label: t('undo', { ns: 'common' }),
      onSelect: () => patch({ user_input_form: before }),
    })
  }
  const save = (variable: Variable) => {
    const position = editing?.position
    set(position === undefined ? [...variables, variable] : variables.map((old, index) => (index === position ? variable : old)))
    setEditing(null)
  }
  const swap = (position: number, other: number) =>
    set(
      variables.map(
        (variable, index) => (index === position ? variables[other] : index === other ? variables[position] : variable) ?? variable,
      ),
    )
  return (
    <Section
      title={t('variables.title')}
      hint={variables.length === 0 ? undefined : t('variables.hint')}
      actions={!isReadOnly && <AddVariable onAdd={(type) => setEditing({ variable: newVariable('', type) })} />}
    >
      {variables.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-2 px-3 py-2.5 text-ink-3">
          {t('variables.empty', { skipInterpolation: true })}
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {variables.map((variable, position) => (
            <VariableRow
              key={variable.variable}
              variable={variable}
              isUnused={used !== null && !used.includes(variable.variable)}
              isReadOnly={isReadOnly}
              onEdit={() => setEditing({ variable, position })}
              onRemove={() => remove(position)}
              onMoveUp={position > 0 ? () => swap(position, position - 1) : undefined}
              onMoveDown={position < variables.length - 1 ? () => swap(position, position + 1) : undefined}
            />
          ))}
        </ul>
      )}
      {editing && (
        <VariableDialog
          initial={editing.variable}
          isNew={editing.position === undefined}
          others={[
            ...variables.filter((_, index) => index !== editing.position).map(({ variable }) => variable),
            ...externalVariables(config),
          ]}
          onSave={save}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}

function AddVariable({ onAdd }: { readonly onAdd: (type: FieldType) => void }) {
  const { t } = useTranslation('orchestrate')
  return (
    <Menu
      trigger={
        <Button size="s" variant="ghost" icon={<Plus size={14} aria-hidden />}>
          {t('variables.add')}
        </Button>
      }
      groups={[fieldTypes.map((type) => ({ label: t(`variables.types.${type}`), onSelect: () => onAdd(type) }))]}
    />
  )
}

interface VariableRowProps {
  readonly variable: Variable
  readonly isUnused: boolean
  readonly isReadOnly: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
  readonly onMoveUp: (() => void) | undefined
  readonly onMoveDown: (() => void) | undefined
}

function VariableRow({ variable, isUnused, isReadOnly, onEdit, onRemove, onMoveUp, onMoveDown }: VariableRowProps) {
  const { t } = useTranslation('orchestrate')
  const { t: tCommon } = useTranslation('common')
  return (
    <NamedRow
      name={variable.variable}
      label={variable.label}
      marks={
        <>
          {isUnused && <Chip tone="warn">{t('variables.unused')}</Chip>}
          {variable.isRequired && <span className="text-s whitespace-nowrap text-ink-3">{t('variables.required')}</span>}
          <Chip>{t(`variables.types.${variable.type}`)}</Chip>
        </>
      }
      buttons={
        !isReadOnly && (
          <>
            <IconButton size="s" label={tCommon('moveUp')} disabled={!onMoveUp} onClick={onMoveUp}>
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <IconButton size="s" label={tCommon('moveDown')} disabled={!onMoveDown} onClick={onMoveDown}>
              <ArrowDown size={14} aria-hidden />
            </IconButton>
            <IconButton size="s" label={t('variables.editOne', { name: variable.variable })} onClick={onEdit}>
              <Pencil size={13} aria-hidden />
            </IconButton>
            <IconButton size="s" label={t('variables.removeOne', { name: variable.variable })} onClick={onRemove}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </>
        )
      }
    />
  )
}
