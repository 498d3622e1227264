import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DraftVariable } from '@trellis/contracts'
import { Pencil, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Chip, Dialog, IconButton, Notice, TextArea, useToast } from '../../../../design/index.ts'

export interface StepVariablesProps {
  readonly app: App
  readonly nodeId: string
}

/** What one's trials left of a node's variables: later parts run with them, as they are or as they are changed here. */
export function StepVariables({ app, nodeId }: StepVariablesProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const variables = useQuery({
    queryKey: ['workflow-step', app.id, nodeId, 'variables'],
    queryFn: () => api.draft.nodeVariables(app.id, nodeId),
  })
  const [editing, setEditing] = useState<DraftVariable | null>(null)
  const shown = variables.data?.filter(({ visible }) => visible) ?? []
  if (shown.length === 0) return null
  return (
    <section aria-label={t('parts.variables')}>
      <h4 className="font-medium">{t('parts.variables')}</h4>
      <p className="mb-2 text-s text-ink-3">{t('parts.variablesLead')}</p>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {shown.map((variable) => (
          <VariableItem key={variable.id} app={app} variable={variable} onEdit={() => setEditing(variable)} />
        ))}
      </ul>
      {editing && <VariableEditor app={app} variable={editing} onClose={() => setEditing(null)} />}
    </section>
  )
}

interface VariableItemProps {
  readonly app: App
  readonly variable: DraftVariable
  readonly onEdit: () => void
}

const SHOWN_LENGTH = 200

function VariableItem({ app, variable, onEdit }: VariableItemProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const reset = useMutation({
    mutationFn: () => api.draft.resetVariable(app.id, variable.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['workflow-step', app.id] }),
    onError: (error) => toast.error(errorText(error)),
  })
  const text = toText(variable.value)
  return (
    <li className="flex items-start gap-2 px-3 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-mono text-s">{variable.name}</span>
          <span className="text-xs text-ink-3">{variable.value_type}</span>
          {variable.edited && <Chip tone="info">{t('parts.edited')}</Chip>}
          {variable.is_truncated && <Chip tone="warn">{t('trace.truncated')}</Chip>}
        </p>
        <p className="font-mono text-s wrap-anywhere text-ink-2">{text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text}</p>
      </div>
      {variable.edited && (
        <IconButton label={t('parts.reset', { name: variable.name })} size="s" isBusy={reset.isPending} onClick={() => reset.mutate()}>
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('parts.edit', { name: variable.name })} size="s" disabled={variable.is_truncated} onClick={onEdit}>
        <Pencil size={13} aria-hidden />
      </IconButton>
    </li>
  )
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

interface VariableEditorProps {
  readonly app: App
  readonly variable: DraftVariable
  readonly onClose: () => void
}

function VariableEditor({ app, variable, onClose }: VariableEditorProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const isText = variable.value_type === 'string' || variable.value_type === 'secret'
  const [text, setText] = useState(toText(variable.value))
  const value = isText ? { parsed: text } : parse(text)
  const save = useMutation({
    mutationFn: () => api.draft.changeVariable(app.id, variable.id, value?.parsed),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['workflow-step', app.id] })
      onClose()
    },
  })
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('parts.edit', { name: variable.name })}
      description={variable.value_type}
      width="m"
      onSubmit={() => value && save.mutate()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" disabled={!value} isBusy={save.isPending}>
            {t('save', { ns: 'common' })}
          </Button>
        </>
      }
    >
      <TextArea
        aria-label={variable.name}
        error={value ? null : t('parts.notJsonValue')}
        rows={8}
        spellCheck={false}
        value={text}
        onValueChange={setText}
        controlClassName="font-mono text-s"
      />
      {save.error && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}

function parse(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) }
  } catch {
    return undefined
  }
}
