import { useQuery } from '@tanstack/react-query'
import type { FailedNode } from '@trellis/contracts'
import { FastForward, Square } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { Button, Card, Notice, Skeleton, TextArea } from '../../../../design/index.ts'
import { OwnPicturesOnly } from '../../../chat/picture-on-wish.ts'
import { useOwnAddresses } from '../../../session/useOwnAddresses.ts'
import { RunView } from '../../RunView.tsx'
import { TraceLink } from '../TraceLink.tsx'
import { useConsoleRun } from '../useConsoleRun.ts'
import { toWorkflowEvents } from '../workflow-events.ts'
import { changedInputs, findUnreadable, isText, type TypedInputs, textOfInput } from './changed-inputs.ts'

export interface RetryPanelProps {
  readonly app: App
  readonly runId: string
  /** Below a new run: keeps what follows apart from it. */
  readonly children: ReactNode
}

/** Tries a run again from the node that failed, which may be given something else to read; the new run goes on below. */
export function RetryPanel({ app, runId, children }: RetryPanelProps) {
  const api = useApi()
  const textOf = useErrorText()
  const { t } = useTranslation('workflow')
  const own = useOwnAddresses()
  const failed = useQuery({
    queryKey: ['workflow-run', app.id, runId, 'failed-node'],
    queryFn: () => api.workflows.failedNode(app.id, runId),
  })
  const { run, isRunning, isStopping, start, stop } = useConsoleRun(app, (inputs, signal) =>
    toWorkflowEvents(api.workflows.retry(app.id, runId, inputs, signal)),
  )
  if (failed.isPending) return <Skeleton className="h-24" />
  // The version or the journal may be gone: the server says which.
  if (failed.isError) return <Notice tone="warn">{failed.error.message || textOf(failed.error)}</Notice>
  return (
    <>
      <RetryForm failed={failed.data} isRunning={isRunning} isStopping={isStopping} onRetry={start} onStop={stop} />
      {run && (
        // What stands below belongs to the run of before: a line beside it keeps the new one apart.
        <section aria-label={t('retry.newRun')} className="flex flex-col gap-3 border-l-2 border-accent-line pl-4">
          <h3 className="text-l font-semibold">{t('retry.newRun')}</h3>
          <OwnPicturesOnly value={own}>
            <RunView
              run={run}
              onAnswer={api.workflows.answerForm}
              textOf={textOf}
              actions={run.runId !== undefined && <TraceLink app={app} runId={run.runId} />}
            />
          </OwnPicturesOnly>
        </section>
      )}
      {run && children}
    </>
  )
}

interface RetryFormProps {
  readonly failed: FailedNode
  readonly isRunning: boolean
  readonly isStopping: boolean
  readonly onRetry: (inputs: Record<string, unknown>) => void
  readonly onStop: () => void
}

function RetryForm({ failed: { node, inputs }, isRunning, isStopping, onRetry, onStop }: RetryFormProps) {
  const { t } = useTranslation('workflow')
  const [typed, setTyped] = useState<TypedInputs>({})
  const unreadable = findUnreadable(inputs, typed)
  return (
    <Card className="p-4">
      <form
        noValidate
        aria-label={t('retry.title')}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isRunning && unreadable.length === 0) onRetry(changedInputs(inputs, typed))
        }}
      >
        <div>
          <h3 className="text-l font-semibold">{node ? t('retry.from', { node: node.title }) : t('retry.goOn')}</h3>
          <p className="mt-0.5 text-ink-2 text-pretty">{t(node ? 'retry.lead' : 'retry.goOnLead')}</p>
        </div>
        {inputs.map((input) => (
          <TextArea
            key={input.name}
            label={input.label}
            aside={<span className="font-mono text-xs text-ink-3">{input.value_type}</span>}
            error={unreadable.includes(input.name) ? t('parts.notJsonValue') : null}
            rows={1}
            spellCheck={false}
            value={typed[input.name] ?? textOfInput(input)}
            onValueChange={(text) => setTyped({ ...typed, [input.name]: text })}
            controlClassName={isText(input) ? undefined : 'font-mono text-s'}
          />
        ))}
        <div>
          {isRunning ? (
            <Button key="stop" icon={<Square size={12} fill="currentColor" aria-hidden />} isBusy={isStopping} onClick={onStop}>
              {t(isStopping ? 'stopping' : 'stop')}
            </Button>
          ) : (
            <Button
              key="retry"
              type="submit"
              variant="primary"
              icon={<FastForward size={13} aria-hidden />}
              disabled={unreadable.length > 0}
            >
              {t('retry.run')}
            </Button>
          )}
        </div>
      </form>
    </Card>
  )
}
