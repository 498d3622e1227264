import { Eraser } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { IconButton } from '../../../design/index.ts'
import { useApp, useDraftStore } from '../../app/app-context.ts'
import { fillPrompt } from '../../app/prompt-variables.ts'
import { useNewest } from '../../app/useNewest.ts'
import { readAttachmentRules } from '../../attachments/attachment-rules.ts'
import { Conversation } from '../../chat/Conversation.tsx'
import type { Turn } from '../../chat/turn.ts'
import { type RunStart, useChatRun } from '../../chat/useChatRun.ts'
import { textValues } from '../../form/form-values.ts'
import { readSpeechSettings } from '../../speech/speech-settings.ts'
import { dictationOf, SpeakNewestTrial, SpeakTrial } from '../../speech/trial-speech.tsx'
import { useConfig } from '../useConfig.ts'
import { CutNote } from './CutNote.tsx'
import { Figures } from './Figures.tsx'
import { PreviewHeader } from './PreviewHeader.tsx'
import { usePreviewForm } from './usePreviewForm.ts'

export function ChatPreview() {
  const { t } = useTranslation('orchestrate')
  const { config } = useConfig()
  const form = usePreviewForm()
  const { run, suggestions } = usePreviewChat(form.collect)
  const isFresh = run.turns.length === 0
  const speech = readSpeechSettings(config)
  return (
    <section aria-label={t('preview.title')} className="flex h-full min-h-0 flex-col">
      <PreviewHeader>
        <IconButton label={t('preview.clear')} disabled={isFresh} onClick={run.clear}>
          <Eraser size={15} aria-hidden />
        </IconButton>
      </PreviewHeader>
      <Conversation
        run={run}
        form={form}
        textOf={useErrorText()}
        opening={fillPrompt(config.opening_statement, textValues(form.values)).trim()}
        questions={isFresh ? config.suggested_questions.filter((question) => question.trim() !== '') : suggestions}
        emptyHint={t('preview.emptyChat')}
        fileRules={useMemo(() => readAttachmentRules(config.file_upload), [config.file_upload])}
        dictation={dictationOf(speech)}
        parts={(turn) => ({
          figures: <Figures usage={turn.usage} />,
          extras: <CutNote turn={turn} />,
          actions: <SpeakTrial turn={turn} settings={speech.text_to_speech} />,
        })}
      />
      <SpeakNewestTrial turn={run.turns.at(-1)} settings={speech.text_to_speech} />
    </section>
  )
}

/** The run of the preview, always on the newest draft and the newest inputs. */
function usePreviewChat(collect: () => Record<string, unknown> | null) {
  const api = useApi()
  const { app } = useApp()
  const draft = useDraftStore()
  const [suggestions, setSuggestions] = useState<readonly string[]>([])
  const newest = useNewest(collect)
  const start = useCallback(
    (input: RunStart, signal: AbortSignal) => {
      setSuggestions([])
      const { config } = draft.read()
      return api.runs.chat(
        app.id,
        {
          query: input.query,
          inputs: newest.current() ?? {},
          files: input.files,
          model_config: config,
          conversation_id: input.conversationId,
          parent_message_id: input.parentMessageId,
        },
        signal,
      )
    },
    [api, app.id, draft, newest],
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
