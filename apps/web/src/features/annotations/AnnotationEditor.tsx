import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AnnotationText } from '../../api/annotations-api.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Dialog, Notice, TextArea, useToast } from '../../design/index.ts'
import { useLossOfTexts } from '../../lazy-dialog.tsx'
import { useApp } from '../app/app-context.ts'
import { useForgetAnnotations } from './useAnnotations.ts'
import { useAnnotationTexts } from './useAnnotationTexts.ts'

/** What is written: a new one, one that there is, or the one of a message. */
export type AnnotationSubject =
  | { readonly type: 'new' }
  | { readonly type: 'annotation'; readonly id: string }
  | { readonly type: 'message'; readonly id: string; readonly isAnnotated: boolean }

export interface AnnotationEditorProps {
  readonly subject: AnnotationSubject
  readonly initial: AnnotationText
  readonly onClose: () => void
}

export function AnnotationEditor(props: AnnotationEditorProps) {
  const texts = useAnnotationTexts()
  useLossOfTexts(texts, props.onClose)
  return texts.data === undefined ? null : <Editor {...props} />
}

function Editor({ subject, initial, onClose }: AnnotationEditorProps) {
  const { t } = useTranslation('annotations')
  const errorText = useErrorText()
  const [question, setQuestion] = useState(initial.question)
  const [answer, setAnswer] = useState(initial.answer)
  const save = useSave(subject, onClose)
  const isKnown = subject.type === 'annotation' || (subject.type === 'message' && subject.isAnnotated)
  const isWhole = question.trim() !== '' && answer.trim() !== ''
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t(isKnown ? 'editor.editTitle' : 'editor.addTitle')}
      width="m"
      onSubmit={() => isWhole && save.mutate({ question, answer })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending} disabled={!isWhole}>
            {t('editor.save')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('editor.question')}
        hint={t('editor.questionHint')}
        rows={2}
        required
        value={question}
        onValueChange={setQuestion}
      />
      <TextArea label={t('editor.answer')} hint={t('editor.answerHint')} rows={6} required value={answer} onValueChange={setAnswer} />
      {save.isError && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}

/** Whoever writes one from the log sees nothing of the switch. Texts have none; where it cannot be read, nothing is said of it. */
function useIsReplyOff(): () => Promise<boolean> {
  const api = useApi()
  const { app } = useApp()
  return async () => {
    if (app.mode === 'completion') return false
    const { enabled, job_id: job } = await api.annotations.setting(app.id).catch(() => ({ enabled: true, job_id: null }))
    return !enabled && job === null
  }
}

function useSave(subject: AnnotationSubject, onSaved: () => void) {
  const { t } = useTranslation('annotations')
  const { annotations } = useApi()
  const { app } = useApp()
  const toast = useToast()
  const navigate = useNavigate()
  const forget = useForgetAnnotations()
  const isReplyOff = useIsReplyOff()
  return useMutation({
    mutationFn: (text: AnnotationText) => {
      switch (subject.type) {
        case 'new':
          return annotations.create(app.id, text)
        case 'annotation':
          return annotations.update(app.id, subject.id, text)
        case 'message':
          return annotations.annotate(app.id, subject.id, text)
      }
    },
    onSuccess: async () => {
      await forget()
      if (subject.type === 'message' && (await isReplyOff())) {
        const toReply = () => void navigate({ to: '/app/$id/annotations', params: { id: app.id } })
        toast.success(t('editor.added'), { label: t('editor.toReply'), onSelect: toReply }, t('editor.replyIsOff'))
      } else toast.success(t(subject.type === 'annotation' ? 'editor.saved' : 'editor.added'))
      onSaved()
    },
  })
}
