import { useQueryClient } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import type { Tried } from '../../../../api/workflows-api.ts'
import { Card, ErrorState, IconButton, Skeleton } from '../../../../design/index.ts'
import { fillPrompt } from '../../../app/prompt-variables.ts'
import { Composer } from '../../../chat/Composer.tsx'
import { Markdown } from '../../../chat/Markdown.tsx'
import { SuggestionChips } from '../../../chat/SuggestionChips.tsx'
import { TurnView } from '../../../chat/TurnView.tsx'
import { type RunStart, useChatRun } from '../../../chat/useChatRun.ts'
import { useStickToBottom } from '../../../chat/useStickToBottom.ts'
import { textValues } from '../../../form/form-values.ts'
import { InputFields } from '../../../form/InputFields.tsx'
import { useForm } from '../../../form/useForm.ts'
import { type AnswerForm, WaitingForms } from '../../../human-input/WaitingForms.tsx'
import { NeedsNotice } from '../../needs/NeedsNotice.tsx'
import { FoldedSteps } from '../../StepList.tsx'
import { readStartForm } from '../start-form.ts'
import { TraceLink } from '../TraceLink.tsx'
import { readChatFeatures } from './chat-features.ts'
import { TriedVersion } from './TriedVersion.tsx'
import { isDraft, type TrialProps, toTried, useTriedWorkflow } from './tried-workflow.ts'

/** Talks with the draft of a chatflow, or with the version that the address names; each answer shows its steps and leads to its run. */
export function TryChatPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const tried = useTriedWorkflow(app.id)
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      {tried.isError && (
        <ErrorState title={t('console.draftFailed')} message={errorText(tried.error)} onRetry={() => void tried.refetch()} />
      )}
      {tried.isPending && <Skeleton className="m-8 h-40" />}
      {tried.data && <Talk key={`${tried.data.id} ${tried.data.hash}`} app={app} workflow={tried.data} />}
    </main>
  )
}

function Talk({ app, workflow }: TrialProps) {
  const { t } = useTranslation(['workflow', 'orchestrate'])
  const textOf = useErrorText()
  const variables = useMemo(() => readStartForm(workflow.graph), [workflow.graph])
  const features = useMemo(() => readChatFeatures(workflow.features), [workflow.features])
  const form = useForm(variables)
  const run = useTrialChat(toTried(app.id, workflow), form.collect)
  const scroller = useStickToBottom(run.turns)
  const isFresh = run.turns.length === 0
  const send = (query: string) => {
    if (form.collect() === null) return false
    scroller.scrollToEnd()
    run.send(query)
    return true
  }
  return (
    <>
      <div ref={scroller.ref} className="min-h-0 flex-1 overflow-y-auto px-5 py-6">
        <div className="mx-auto flex min-h-full max-w-170 flex-col gap-6 text-l leading-relaxed">
          <div className="flex items-start gap-3">
            <div className="flex-1">
              <h2 className="text-2xl font-semibold tracking-tight">{t('console.tryOut')}</h2>
              {isDraft(workflow) && <p className="text-m text-ink-2">{t('console.chatLead')}</p>}
            </div>
            <IconButton label={t('orchestrate:preview.clear')} disabled={isFresh} onClick={run.clear}>
              <Eraser size={15} aria-hidden />
            </IconButton>
          </div>
          <div className="text-m leading-normal empty:hidden">
            {isDraft(workflow) ? <NeedsNotice appId={app.id} /> : <TriedVersion app={app} version={workflow} />}
          </div>
          {form.shown.length > 0 && (
            <Card className="p-4 text-m leading-normal">
              <InputFields
                variables={form.shown}
                values={form.values}
                onChange={form.change}
                faults={form.faults}
                goTo={form.goTo}
                textOf={textOf}
              />
            </Card>
          )}
          {features.opening !== '' && <Markdown text={fillPrompt(features.opening, withGaps(textValues(form.values)))} />}
          {run.turns.map((turn, position) => (
            <TurnView
              key={turn.key}
              turn={turn}
              steps={turn.run && <FoldedSteps run={turn.run} />}
              extras={
                turn.run?.status === 'paused' && (
                  <div className="mt-3 flex flex-col gap-3 text-m leading-normal">
                    <WaitingForms run={turn.run} textOf={textOf} onAnswer={run.answer} />
                  </div>
                )
              }
              actions={turn.run?.runId !== undefined && <TraceLink app={app} runId={turn.run.runId} />}
              onRegenerate={position === run.turns.length - 1 ? () => form.collect() !== null && run.regenerate() : undefined}
            />
          ))}
          {isFresh && <SuggestionChips questions={features.questions} onChoose={send} />}
        </div>
      </div>
      <div className="mx-auto w-full max-w-180 shrink-0 px-5 pb-4">
        <Composer isStreaming={run.isStreaming} onSend={send} onStop={run.stop} />
      </div>
    </>
  )
}

/** What is not filled in yet is a gap, not the name of a variable. */
const withGaps = (values: Readonly<Record<string, string | boolean>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === '' ? '…' : value]))

/** The conversation with what is tried, always with the newest inputs. */
function useTrialChat({ appId, versionId }: Tried, collect: () => Record<string, unknown> | null) {
  const api = useApi()
  const queryClient = useQueryClient()
  const newest = useRef(collect)
  useEffect(() => {
    newest.current = collect
  })
  const start = useCallback(
    ({ query, conversationId, parentMessageId }: RunStart, signal: AbortSignal) =>
      api.workflows.tryChat({ appId, versionId }, { query, inputs: newest.current() ?? {}, conversationId, parentMessageId }, signal),
    [api, appId, versionId],
  )
  const stop = useCallback((taskId: string) => api.workflows.stop(appId, taskId), [api, appId])
  const onEnd = useCallback(() => void queryClient.invalidateQueries({ queryKey: ['workflow-runs', appId] }), [queryClient, appId])
  const chat = useChatRun({ start, stop, onEnd })
  const waiting = chat.turns.at(-1)?.run
  const answer: AnswerForm = async (token, content) => {
    await api.workflows.answerForm(token, content)
    const runId = waiting?.runId
    if (runId !== undefined) chat.goOn((signal) => api.workflows.followChat(runId, signal))
  }
  return { ...chat, answer }
}
