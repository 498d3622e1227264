import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { RunForm } from '../../RunForm.tsx'
import { waitsForReader } from '../../run-progress.ts'
import { readStartForm } from '../start-form.ts'
import { useConsoleRun } from '../useConsoleRun.ts'
import { TrialFrame } from './TrialFrame.tsx'
import { type TrialProps, toTried } from './tried-workflow.ts'

/** A trial that begins with the form of the start node. */
export function FormTrial({ app, workflow }: TrialProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const textOf = useErrorText()
  const variables = useMemo(() => readStartForm(workflow.graph), [workflow.graph])
  const { run, isRunning, isStopping, start, stop } = useConsoleRun(app, (inputs, signal) =>
    api.workflows.tryOut(toTried(app.id, workflow), inputs, signal),
  )
  return (
    <TrialFrame app={app} workflow={workflow} run={run} emptyHint={t('emptyHint')}>
      <RunForm
        variables={variables}
        isQuiet={run !== null && waitsForReader(run)}
        isRunning={isRunning}
        isStopping={isStopping}
        onRun={start}
        onStop={stop}
        textOf={textOf}
      />
    </TrialFrame>
  )
}
