import { useQueryClient } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import { type ReactNode, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import type { Tried } from '../../../../api/workflows-api.ts'
import { ErrorState, IconButton, Skeleton } from '../../../../design/index.ts'
import { fillOpening } from '../../../app/fill-opening.ts'
import { useNewest } from '../../../app/useNewest.ts'
import { Conversation } from '../../../chat/Conversation.tsx'
import { type RunStart, useChatRun } from '../../../chat/useChatRun.ts'
import { textValues } from '../../../form/form-values.ts'
import { useForm } from '../../../form/useForm.ts'
import { type AnswerForm, WaitingForms } from '../../../human-input/WaitingForms.tsx'
import { ConsoleSpeech } from '../../../speech/ConsoleSpeech.tsx'
import { readSpeechSettings } from '../../../speech/speech-settings.ts'
import { dictationOf, SpeakNewestTrial, SpeakTrial } from '../../../speech/trial-speech.tsx'
import { NeedsNotice } from '../../needs/NeedsNotice.tsx'
import { FoldedSteps } from '../../StepList.tsx'
import { readStartForm } from '../start-form.ts'
import { TraceLink } from '../TraceLink.tsx'
import { readChatFeatures } from './chat-features.ts'
import { FilesFeature } from './FilesFeature.tsx'
import { ModerationFeature } from './ModerationFeature.tsx'
import { SpeechDialog } from './SpeechDialog.tsx'
import { TriedVersion } from './TriedVersion.tsx'
import { isDraft, type TrialProps, toTried, useTriedWorkflow } from './tried-workflow.ts'

/** Talks with the draft of a chatflow, or with the version that the address names; each answer shows its steps and leads to its run. */
export function TryChatPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const tried = useTriedWorkflow(app.id)
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col [--ground:var(--bg)]">
      {tried.isError && (
        <ErrorState title={t('console.draftFailed')} message={errorText(tried.error)} onRetry={() => void tried.refetch()} />
      )}
      {tried.isPending && <Skeleton className="m-8 h-40" />}
      {tried.data && <Talk key={`${tried.data.id} ${tried.data.hash}`} app={app} workflow={tried.data} />}
    </main>
  )
}

function Talk({ app, workflow }: TrialProps) {
  const { t } = useTranslation('orchestrate')
  const textOf = useErrorText()
  const form = useForm(useMemo(() => readStartForm(workflow.graph), [workflow.graph]))
  const features = useMemo(() => readChatFeatures(workflow.features), [workflow.features])
  const speech = useMemo(() => readSpeechSettings(workflow.features), [workflow.features])
  const run = useTrialChat(toTried(app.id, workflow), form.collect)
  const isFresh = run.turns.length === 0
  return (
    <ConsoleSpeech appId={app.id}>
      <Conversation
        run={run}
        form={form}
        textOf={textOf}
        head={
          <TalkHead
            app={app}
            workflow={workflow}
            clear={
              <IconButton label={t('preview.clear')} disabled={isFresh} onClick={run.clear}>
                <Eraser size={15} aria-hidden />
              </IconButton>
            }
          >
            <FilesFeature app={app} workflow={workflow} />
            <ModerationFeature app={app} workflow={workflow} />
            <SpeechDialog app={app} workflow={workflow} />
          </TalkHead>
        }
        opening={fillOpening(features.opening, textValues(form.values))}
        questions={isFresh ? features.questions : []}
        fileRules={features.fileRules}
        dictation={dictationOf(speech)}
        parts={(turn) => ({
          steps: turn.run && <FoldedSteps run={turn.run} />,
          extras: turn.run?.status === 'paused' && (
            <div className="mt-3 flex flex-col gap-3 text-m leading-normal">
              <WaitingForms run={turn.run} textOf={textOf} onAnswer={run.answer} />
            </div>
          ),
          actions: (
            <>
              <SpeakTrial turn={turn} settings={speech.text_to_speech} />
              {turn.run?.runId !== undefined && <TraceLink app={app} runId={turn.run.runId} />}
            </>
          ),
        })}
      />
      <SpeakNewestTrial turn={run.turns.at(-1)} settings={speech.text_to_speech} />
    </ConsoleSpeech>
  )
}

interface TalkHeadProps extends TrialProps {
  readonly clear: ReactNode
  /** What the draft does beside its nodes. */
  readonly children: ReactNode
}

function TalkHead({ app, workflow, clear, children }: TalkHeadProps) {
  const { t } = useTranslation('workflow')
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="text-2xl font-semibold tracking-tight">{t('console.tryOut')}</h2>
          {isDraft(workflow) && <p className="text-m text-ink-2">{t('console.chatLead')}</p>}
        </div>
        <div className="flex flex-wrap gap-1.5 py-0.5 empty:hidden max-md:order-last max-md:basis-full">{children}</div>
        {clear}
      </div>
      <div className="text-m leading-normal empty:hidden">
        {isDraft(workflow) ? <NeedsNotice appId={app.id} /> : <TriedVersion app={app} version={workflow} />}
      </div>
    </>
  )
}

/** The conversation with what is tried, always with the newest inputs. */
function useTrialChat({ appId, versionId }: Tried, collect: () => Record<string, unknown> | null) {
  const api = useApi()
  const queryClient = useQueryClient()
  const newest = useNewest(collect)
  const start = useCallback(
    (start: RunStart, signal: AbortSignal) =>
      api.workflows.tryChat({ appId, versionId }, { ...start, inputs: newest.current() ?? {} }, signal),
    [api, appId, versionId, newest],
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
