import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { Button, Chip, IconButton, useToast } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { findVariables } from '../app/prompt-variables.ts'
import { parseUserInputForm } from '../app/user-input-form.ts'
import { extensionsQuery } from '../extensions/queries.ts'
import {
  type ExternalDataTool,
  newTool,
  type Place,
  type PlacedTool,
  readTools,
  removeTool,
  writeTool,
} from '../external-data/external-data-tools.ts'
import { Section } from './Section.tsx'
import { useConfig } from './useConfig.ts'
import { NamedRow } from './variables/NamedRow.tsx'

const ExternalDataDialog = lazyDialog(() => import('../external-data/ExternalDataDialog.tsx').then((module) => module.ExternalDataDialog))

interface Editing {
  readonly tool: ExternalDataTool
  /** Absent for a new one. */
  readonly place?: Place
}

/** Texts that the app fetches from API extensions before each answer. */
export function ExternalDataSection() {
  const { t } = useTranslation('orchestrate')
  const { config, patch, isReadOnly } = useConfig()
  const toast = useToast()
  const [editing, setEditing] = useState<Editing | null>(null)
  const tools = readTools(config)
  const used = config.prompt_type === 'advanced' ? null : findVariables(config.pre_prompt)
  const remove = ({ variable, place }: PlacedTool) => {
    const { external_data_tools, user_input_form } = config
    patch(removeTool(config, place))
    toast.success(t('variables.removed', { name: variable }), {
      label: t('undo', { ns: 'common' }),
      onSelect: () => patch(place.in === 'list' ? { external_data_tools } : { user_input_form }),
    })
  }
  const others = [...parseUserInputForm(config.user_input_form), ...tools].map(({ variable }) => variable)
  return (
    <Section
      title={t('externalData.title')}
      hint={t('externalData.hint')}
      actions={
        !isReadOnly && (
          <Button size="s" variant="ghost" icon={<Plus size={14} aria-hidden />} onClick={() => setEditing({ tool: newTool })}>
            {t('externalData.add')}
          </Button>
        )
      }
    >
      {tools.length === 0 ? (
        <p className="rounded-md border border-dashed border-line-2 px-3 py-2.5 text-ink-3">{t('externalData.empty')}</p>
      ) : (
        <ToolList
          tools={tools}
          used={used}
          isReadOnly={isReadOnly}
          onEdit={(tool) => setEditing({ tool, place: tool.place })}
          onRemove={remove}
        />
      )}
      {editing && (
        <ExternalDataDialog
          initial={editing.tool}
          isNew={editing.place === undefined}
          others={others.filter((name) => name !== editing.tool.variable)}
          onSave={(tool) => {
            patch(writeTool(config, tool, editing.place))
            setEditing(null)
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}

interface ToolListProps {
  readonly tools: readonly PlacedTool[]
  /** Names that the prompt has; null where nobody can tell. */
  readonly used: readonly string[] | null
  readonly isReadOnly: boolean
  readonly onEdit: (tool: PlacedTool) => void
  readonly onRemove: (tool: PlacedTool) => void
}

function ToolList({ tools, used, isReadOnly, onEdit, onRemove }: ToolListProps) {
  // Only those who may change apps may read them.
  const extensions = useQuery({ ...extensionsQuery(useApi()), enabled: !isReadOnly })
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {tools.map((tool) => (
        <ToolRow
          key={tool.variable}
          tool={tool}
          // Undefined while nobody knows.
          extension={extensions.data && (extensions.data.find(({ id }) => id === tool.extensionId)?.name ?? null)}
          isUnused={used !== null && !used.includes(tool.variable)}
          actions={isReadOnly ? undefined : { onEdit: () => onEdit(tool), onRemove: () => onRemove(tool) }}
        />
      ))}
    </ul>
  )
}

interface ToolRowProps {
  readonly tool: PlacedTool
  /** Its name; null where it is gone. */
  readonly extension: string | null | undefined
  readonly isUnused: boolean
  readonly actions: { readonly onEdit: () => void; readonly onRemove: () => void } | undefined
}

function ToolRow({ tool: { variable, label, isOn }, extension, isUnused, actions }: ToolRowProps) {
  const { t } = useTranslation('orchestrate')
  return (
    <NamedRow
      name={variable}
      label={label}
      marks={
        <>
          {!isOn && <Chip>{t('externalData.off')}</Chip>}
          {isOn && isUnused && <Chip tone="warn">{t('variables.unused')}</Chip>}
          {extension === null ? (
            <Chip tone="bad">{t('externalData.gone')}</Chip>
          ) : (
            extension && (
              <Chip className="max-w-40">
                <span className="truncate">{extension}</span>
              </Chip>
            )
          )}
        </>
      }
      buttons={
        actions && (
          <>
            <IconButton size="s" label={t('variables.editOne', { name: variable })} onClick={actions.onEdit}>
              <Pencil size={13} aria-hidden />
            </IconButton>
            <IconButton size="s" label={t('variables.removeOne', { name: variable })} onClick={actions.onRemove}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </>
        )
      }
    />
  )
}
