import { ArrowDown, Eraser } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Card, IconButton } from '../../../design/index.ts'
import { useApp, useDraftStore } from '../../app/app-context.ts'
import { fillPrompt } from '../../app/prompt-variables.ts'
import { Composer } from '../../chat/Composer.tsx'
import { Markdown } from '../../chat/Markdown.tsx'
import { SuggestionChips } from '../../chat/SuggestionChips.tsx'
import { TurnView } from '../../chat/TurnView.tsx'
import type { Turn } from '../../chat/turn.ts'
import { type RunStart, useChatRun } from '../../chat/useChatRun.ts'
import { useStickToBottom } from '../../chat/useStickToBottom.ts'
import { textValues } from '../../form/form-values.ts'
import { InputFields } from '../../form/InputFields.tsx'
import { useConfig } from '../useConfig.ts'
import { Figures } from './Figures.tsx'
import { PreviewHeader } from './PreviewHeader.tsx'
import { usePreviewInputs } from './usePreviewInputs.ts'

export function ChatPreview() {
  const { t } = useTranslation('orchestrate')
  const { config } = useConfig()
  const inputs = usePreviewInputs()
  const textOf = useErrorText()
  const { run, suggestions } = usePreviewChat(inputs.collect)
  const scroller = useStickToBottom(run.turns)
  const isFresh = run.turns.length === 0
  const send = (query: string) => {
    // The form is checked here so that the message stays in the field when something is missing.
    if (inputs.collect() === null) return false
    scroller.scrollToEnd()
    run.send(query)
    return true
  }
  const regenerate = () => inputs.collect() !== null && run.regenerate()
  const questions = isFresh ? config.suggested_questions.filter((question) => question.trim() !== '') : suggestions
  return (
    <section aria-label={t('preview.title')} className="flex h-full min-h-0 flex-col">
      <PreviewHeader>
        <IconButton label={t('preview.clear')} disabled={isFresh} onClick={run.clear}>
          <Eraser size={15} aria-hidden />
        </IconButton>
      </PreviewHeader>
      <div ref={scroller.ref} className="relative min-h-0 flex-1 overflow-y-auto px-5 py-5">
        <div className="mx-auto flex min-h-full max-w-170 flex-col gap-6 text-l leading-relaxed">
          {inputs.variables.length > 0 && (
            <Card className="p-4 text-m leading-normal">
              <InputFields
                variables={inputs.variables}
                values={inputs.values}
                onChange={inputs.change}
                faults={inputs.faults}
                goTo={inputs.goTo}
                textOf={textOf}
              />
            </Card>
          )}
          {config.opening_statement.trim() !== '' && <Markdown text={fillPrompt(config.opening_statement, textValues(inputs.values))} />}
          {isFresh && config.opening_statement.trim() === '' && questions.length === 0 && (
            <p className="m-auto max-w-80 text-center text-m text-ink-3">{t('preview.emptyChat')}</p>
          )}
          {run.turns.map((turn, position) => (
            <TurnView
              key={turn.key}
              turn={turn}
              figures={<Figures usage={turn.usage} />}
              onRegenerate={position === run.turns.length - 1 ? regenerate : undefined}
            />
          ))}
          {!run.isStreaming && <SuggestionChips questions={questions} onChoose={send} />}
        </div>
      </div>
      <div className="relative shrink-0 px-5 pb-4">
        {scroller.isAway && (
          <IconButton
            label={t('toEnd', { ns: 'chat' })}
            variant="default"
            shape="circle"
            className="absolute -top-10 left-1/2 -translate-x-1/2"
            onClick={scroller.scrollToEnd}
          >
            <ArrowDown size={15} aria-hidden />
          </IconButton>
        )}
        <div className="mx-auto max-w-170">
          <Composer isStreaming={run.isStreaming} onSend={send} onStop={run.stop} />
        </div>
        <Announcement turn={run.turns.at(-1)} />
      </div>
    </section>
  )
}

/** Tells screen readers of a whole answer, once. */
function Announcement({ turn }: { readonly turn: Turn | undefined }) {
  const { t } = useTranslation('chat')
  return (
    <div aria-live="polite" className="sr-only">
      {turn?.status === 'done' ? `${t('answered')} ${turn.answer}` : ''}
    </div>
  )
}

/** The run of the preview, always on the newest draft and the newest inputs. */
function usePreviewChat(collect: () => Record<string, unknown> | null) {
  const api = useApi()
  const { app } = useApp()
  const draft = useDraftStore()
  const [suggestions, setSuggestions] = useState<readonly string[]>([])
  const newest = useRef(collect)
  useEffect(() => {
    newest.current = collect
  })
  const start = useCallback(
    (input: RunStart, signal: AbortSignal) => {
      setSuggestions([])
      const { config } = draft.read()
      return api.runs.chat(
        app.id,
        {
          query: input.query,
          inputs: newest.current() ?? {},
          model_config: config,
          conversation_id: input.conversationId,
          parent_message_id: input.parentMessageId,
        },
        signal,
      )
    },
    [api, app.id, draft],
  )
  const stop = useCallback((taskId: string) => api.runs.stop(app.id, 'chat', taskId), [api, app.id])
  const onEnd = useCallback(
    async (turn: Turn) => {
      if (turn.status !== 'done' || turn.messageId === undefined || !draft.read().config.suggested_questions_after_answer.enabled) return
      // Suggestions are an extra: an answer without them is whole.
      setSuggestions(await api.runs.suggestedQuestions(app.id, turn.messageId).catch(() => []))
    },
    [api, app.id, draft],
  )
  const run = useChatRun({ start, stop, onEnd })
  return { run, suggestions }
}
