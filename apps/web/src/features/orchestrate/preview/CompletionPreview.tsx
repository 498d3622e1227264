import type { FileInput } from '@trellis/contracts'
import { CopyPlus, Sparkles } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { EmptyState, IconButton } from '../../../design/index.ts'
import { useApp, useDraftStore } from '../../app/app-context.ts'
import { readAttachmentRules } from '../../attachments/attachment-rules.ts'
import { TurnView } from '../../chat/TurnView.tsx'
import { useChatRun } from '../../chat/useChatRun.ts'
import { InputsForm } from '../../form/InputsForm.tsx'
import { useFormFiles } from '../../form/useFormFiles.ts'
import { readSpeechSettings } from '../../speech/speech-settings.ts'
import { SpeakTrial } from '../../speech/trial-speech.tsx'
import { useConfig } from '../useConfig.ts'
import { CutNote } from './CutNote.tsx'
import { Figures } from './Figures.tsx'
import { PreviewHeader } from './PreviewHeader.tsx'
import { usePreviewForm } from './usePreviewForm.ts'

export function CompletionPreview() {
  const { t } = useTranslation('orchestrate')
  const form = usePreviewForm()
  const textOf = useErrorText()
  const run = usePreviewCompletion()
  const { config } = useConfig()
  const files = useFormFiles(useMemo(() => readAttachmentRules(config.file_upload), [config.file_upload]))
  const { text_to_speech: voice } = readSpeechSettings(config)
  const offersMore = config.more_like_this?.enabled === true && !run.isStreaming
  const generateAgain = () => {
    const inputs = form.collect()
    const attached = files ? files.collect() : []
    if (inputs !== null && attached !== null) run.generate(inputs, attached)
  }
  return (
    <section aria-label={t('preview.title')} className="flex h-full min-h-0 flex-col">
      <PreviewHeader />
      <div className="max-h-1/2 shrink-0 overflow-y-auto border-b border-line px-5 py-4">
        <InputsForm
          form={form}
          files={files}
          isRunning={run.isStreaming}
          onRun={run.generate}
          onStop={run.stop}
          textOf={textOf}
          run={{ label: t('preview.generate'), icon: <Sparkles size={13} aria-hidden /> }}
          stopLabel={t('composer.stop', { ns: 'chat' })}
          empty={<p className="text-ink-3">{t('preview.noVariables')}</p>}
          size="m"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5 text-l leading-relaxed" aria-live="polite">
        {run.turns.map((turn) => (
          <div key={turn.key} className="not-first:mt-4 not-first:border-t not-first:border-line not-first:pt-4">
            <TurnView
              turn={turn}
              onRegenerate={run.isStreaming ? undefined : generateAgain}
              figures={<Figures usage={turn.usage} />}
              extras={<CutNote turn={turn} />}
              actions={
                <>
                  <SpeakTrial turn={turn} settings={voice} />
                  {offersMore && turn.answer !== '' && (
                    <IconButton label={t('preview.moreLikeThis')} size="s" onClick={run.generateLike}>
                      <CopyPlus size={14} aria-hidden />
                    </IconButton>
                  )}
                </>
              }
            />
          </div>
        ))}
        {run.turns.length === 0 && <EmptyState title={t('preview.emptyCompletion')} description={t('preview.emptyCompletionHint')} />}
      </div>
    </section>
  )
}

/** Always with the newest draft; with what is given, or, for a further version of a text, with what that was made of. */
function usePreviewCompletion() {
  const api = useApi()
  const { app } = useApp()
  const draft = useDraftStore()
  const given = useRef<{ readonly inputs: Record<string, unknown>; readonly files: FileInput[] }>({ inputs: {}, files: [] })
  const [firstShown, setFirstShown] = useState(0)
  const start = useCallback(
    (_: unknown, signal: AbortSignal) => api.runs.complete(app.id, { ...given.current, model_config: draft.read().config }, signal),
    [api, app.id, draft],
  )
  const stop = useCallback((taskId: string) => api.runs.stop(app.id, 'completion', taskId), [api, app.id])
  const run = useChatRun({ start, stop })
  return {
    turns: run.turns.slice(firstShown),
    isStreaming: run.isStreaming,
    stop: run.stop,
    generate(inputs: Record<string, unknown>, files: FileInput[]) {
      given.current = { inputs, files }
      setFirstShown(run.turns.length)
      run.send('')
    },
    generateLike: () => run.send(''),
  }
}
