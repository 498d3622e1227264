import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { TrialFrame } from '../try/TrialFrame.tsx'
import type { TrialProps } from '../try/tried-workflow.ts'
import { useConsoleRun } from '../useConsoleRun.ts'
import type { DraftTrigger } from './draft-triggers.ts'
import { type AwaitedEvent, TriggerTrials } from './TriggerTrials.tsx'

/** A trial that begins with what starts the workflow by itself. */
export function TriggerTrial({ app, workflow, triggers }: TrialProps & { readonly triggers: readonly DraftTrigger[] }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const [awaited, setAwaited] = useState<AwaitedEvent | undefined>()
  const { run, isRunning, isStopping, start, stop, leave } = useConsoleRun<AwaitedEvent>(app, (event, signal) =>
    'one' in event ? api.triggers.tryOne(app.id, event.one, signal) : api.triggers.tryAny(app.id, event.any, signal),
  )
  // It has a name as soon as its event has come.
  const hasBegun = run?.runId !== undefined || run?.status === 'failed'
  return (
    <TrialFrame app={app} workflow={workflow} run={hasBegun ? run : null} emptyHint={t('triggers.emptyHint')}>
      <TriggerTrials
        app={app}
        triggers={triggers}
        awaited={isRunning && !hasBegun ? awaited : undefined}
        isRunning={isRunning}
        isStopping={isStopping}
        onTry={(event) => {
          setAwaited(event)
          start(event)
        }}
        onCancel={leave}
        onStop={stop}
      />
    </TrialFrame>
  )
}
