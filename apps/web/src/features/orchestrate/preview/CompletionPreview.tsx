import { Play, Square } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, EmptyState } from '../../../design/index.ts'
import { useApp, useDraftStore } from '../../app/app-context.ts'
import { TurnView } from '../../chat/TurnView.tsx'
import { type RunStart, useChatRun } from '../../chat/useChatRun.ts'
import { toInputs } from '../../form/form-values.ts'
import { InputFields } from '../../form/InputFields.tsx'
import { Figures } from './Figures.tsx'
import { PreviewHeader } from './PreviewHeader.tsx'
import { type PreviewInputs, usePreviewInputs } from './usePreviewInputs.ts'

export function CompletionPreview() {
  const { t } = useTranslation('orchestrate')
  const inputs = usePreviewInputs()
  const textOf = useErrorText()
  const run = usePreviewCompletion(inputs)
  const turn = run.turns.at(-1)
  const generate = () => {
    if (inputs.collect() === null) return
    run.send('')
  }
  return (
    <section aria-label={t('preview.title')} className="flex h-full min-h-0 flex-col">
      <PreviewHeader />
      <form
        noValidate
        className="max-h-1/2 shrink-0 overflow-y-auto border-b border-line px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          generate()
        }}
      >
        {inputs.variables.length > 0 ? (
          <InputFields
            variables={inputs.variables}
            values={inputs.values}
            onChange={inputs.change}
            faults={inputs.faults}
            goTo={inputs.goTo}
            textOf={textOf}
          />
        ) : (
          <p className="text-ink-3">{t('preview.noVariables')}</p>
        )}
        <div className="mt-4 flex justify-end">
          {run.isStreaming ? (
            <Button icon={<Square size={11} fill="currentColor" aria-hidden />} onClick={run.stop}>
              {t('composer.stop', { ns: 'chat' })}
            </Button>
          ) : (
            <Button type="submit" variant="primary" icon={<Play size={13} aria-hidden />}>
              {t('preview.generate')}
            </Button>
          )}
        </div>
      </form>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5 text-l leading-relaxed" aria-live="polite">
        {turn ? (
          <TurnView turn={turn} onRegenerate={generate} figures={<Figures usage={turn.usage} />} />
        ) : (
          <EmptyState title={t('preview.emptyCompletion')} description={t('preview.emptyCompletionHint')} />
        )}
      </div>
    </section>
  )
}

function usePreviewCompletion(inputs: PreviewInputs) {
  const api = useApi()
  const { app } = useApp()
  const draft = useDraftStore()
  const { variables, values } = inputs
  const start = useCallback(
    (_: RunStart, signal: AbortSignal) =>
      api.runs.complete(app.id, { inputs: toInputs(variables, values), model_config: draft.read().config }, signal),
    [api, app.id, draft, variables, values],
  )
  const stop = useCallback((taskId: string) => api.runs.stop(app.id, 'completion', taskId), [api, app.id])
  return useChatRun({ start, stop })
}
