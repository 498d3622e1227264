import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NodeRun } from '@trellis/contracts'
import { FastForward, Play, Square } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Chip, Notice, TextArea } from '../../../../design/index.ts'
import { useFormat } from '../../../../i18n/useFormat.ts'
import { readJsonObject } from '../../../form/form-values.ts'
import { RunView } from '../../RunView.tsx'
import { statusTones } from '../../status-tones.ts'
import { ValueTable } from '../trace/ValueTable.tsx'
import { useConsoleRun } from '../useConsoleRun.ts'
import { toWorkflowEvents } from '../workflow-events.ts'
import type { DraftNode } from './draft-nodes.ts'
import { StepVariables } from './StepVariables.tsx'

export interface StepPanelProps {
  readonly app: App
  readonly node: DraftNode
}

/** One node: its last execution, values to try it with, and what trials left of its variables. */
export function StepPanel({ app, node }: StepPanelProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const textOf = useErrorText()
  const queryClient = useQueryClient()
  const last = useQuery({
    queryKey: ['workflow-step', app.id, node.id, 'last'],
    // A node that never ran has no last run.
    queryFn: () => api.draft.lastRun(app.id, node.id).catch(() => null),
  })
  const [text, setText] = useState<string | null>(null)
  const shownText = text ?? textOfInputs(last.data ?? null)
  const inputs = shownText.trim() === '' ? {} : readJsonObject(shownText)
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['workflow-step', app.id] }),
      queryClient.invalidateQueries({ queryKey: ['workflow-runs', app.id] }),
    ])
  const single = useMutation({
    mutationFn: () => api.draft.runNode(app.id, node.id, text === null ? {} : (inputs ?? {})),
    onSettled: refresh,
  })
  const { run, isRunning, isStopping, start, stop } = useConsoleRun(app, (given, signal) => {
    const from = { nodeId: node.id, inputs: given }
    return app.mode === 'advanced-chat'
      ? toWorkflowEvents(api.draft.runChatFrom(app.id, from, signal))
      : api.draft.runFrom(app.id, from, signal)
  })
  const shown = single.data ?? last.data ?? null
  return (
    <section aria-label={node.title} className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-auto text-xl font-semibold wrap-anywhere">{node.title}</h3>
        <Button
          icon={<Play size={13} aria-hidden />}
          isBusy={single.isPending}
          disabled={inputs === undefined || isRunning || node.type === 'human-input'}
          onClick={() => single.mutate()}
        >
          {t('parts.runAlone')}
        </Button>
        {isRunning ? (
          <Button icon={<Square size={12} fill="currentColor" aria-hidden />} isBusy={isStopping} onClick={stop}>
            {t(isStopping ? 'stopping' : 'stop')}
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={<FastForward size={13} aria-hidden />}
            disabled={inputs === undefined || single.isPending || node.isInner}
            onClick={() => start(text === null ? {} : (inputs ?? {}))}
          >
            {t('parts.runFrom')}
          </Button>
        )}
      </div>
      <TextArea
        label={t('parts.inputs')}
        hint={t('parts.inputsHint')}
        error={inputs === undefined ? t('parts.notJson') : null}
        rows={4}
        spellCheck={false}
        placeholder="{ }"
        value={shownText}
        onValueChange={setText}
        controlClassName="font-mono text-s"
      />
      {single.error && <Notice tone="bad">{textOf(single.error)}</Notice>}
      {run && <RunView run={run} onAnswer={api.workflows.answerForm} textOf={textOf} />}
      {shown ? <Execution run={shown} /> : !last.isPending && <p className="text-ink-3">{t('parts.neverRan')}</p>}
      <StepVariables app={app} nodeId={node.id} />
    </section>
  )
}

const textOfInputs = (run: NodeRun | null): string =>
  run?.inputs && Object.keys(run.inputs).length > 0 ? JSON.stringify(run.inputs, null, 2) : ''

function Execution({ run }: { readonly run: NodeRun }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  return (
    <>
      <p className="flex items-center gap-2">
        <span className="font-medium">{t('parts.last')}</span>
        <Chip tone={statusTones[run.status]}>{t(`status.${run.status}`)}</Chip>
        <span className="font-mono text-s text-ink-3">{format.duration(run.elapsed_time)}</span>
      </p>
      {run.error !== null && <Notice tone="bad">{run.error}</Notice>}
      <ValueTable label={t('console.outputs')} values={run.outputs} isTruncated={run.outputs_truncated} />
      <ValueTable label={t('console.processData')} values={run.process_data} isTruncated={run.process_data_truncated} />
    </>
  )
}
