import { useMutation } from '@tanstack/react-query'
import type { AnnotationJobState } from '@trellis/contracts'
import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { ApiError } from '../../api/api-error.ts'
import { pause } from '../../api/pause.ts'
import { saveFile } from '../../api/save-file.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Dialog, Notice, ProgressBar, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { SingleFileField } from '../form/SingleFileField.tsx'
import { faultyRowsOf, type RowFault, writeTemplate } from './import-file.ts'
import { useForgetAnnotations } from './useAnnotations.ts'

const POLL_MS = 500

/** Takes a CSV file over whole, or says which rows stand in the way. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('annotations')
  const [file, setFile] = useState<File | null>(null)
  const { send, progress, job } = useImport(onClose)
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('importing.title')}
      description={t('importing.lead')}
      width="m"
      onSubmit={() => file && !send.isPending && send.mutate(file)}
      footer={
        <>
          <Button onClick={onClose}>{t(job ? 'close' : 'cancel', { ns: 'common' })}</Button>
          {!job && (
            <Button type="submit" variant="primary" isBusy={send.isPending} disabled={file === null}>
              {t('importing.submit')}
            </Button>
          )}
        </>
      }
    >
      {job ? (
        <Taking job={job} />
      ) : (
        <>
          <TemplateButton />
          <SingleFileField
            label={t('importing.file')}
            endings={['.csv']}
            onFile={(chosen) => {
              setFile(chosen)
              send.reset()
            }}
          />
          {send.isPending && <ProgressBar label={t('importing.uploading')} value={progress} max={1} />}
          {send.isError && <Refusal error={send.error} />}
        </>
      )}
    </Dialog>
  )
}

/** Sends the file, then watches the job that takes it over. Whoever closes the dialog leaves the job to itself. */
function useImport(onDone: () => void) {
  const { t } = useTranslation('annotations')
  const { annotations } = useApi()
  const { app } = useApp()
  const toast = useToast()
  const format = useFormat()
  const forget = useForgetAnnotations()
  const [progress, setProgress] = useState(0)
  const [job, setJob] = useState<AnnotationJobState | null>(null)
  const [abort] = useState(() => new AbortController())
  useEffect(() => () => abort.abort(), [abort])
  const send = useMutation({
    mutationFn: async (file: File) => {
      const { signal } = abort
      const { job_id: jobId } = await annotations.importFile(app.id, file, { signal, onProgress: setProgress })
      for (;;) {
        const state = await annotations.importJob(app.id, jobId)
        if (state.job_status === 'completed' || signal.aborted) return state
        if (state.job_status === 'error')
          throw new ApiError({ code: 'import_failed', message: state.error_msg, status: 500, details: state })
        setJob(state)
        await pause(POLL_MS, signal)
      }
    },
    onSuccess: ({ job_status: status, total }) => {
      if (status === 'completed') toast.success(t('importing.done', { count: total ?? 0, text: format.number(total ?? 0) }))
      onDone()
    },
    onError: () => setJob(null),
    onSettled: forget,
  })
  return { send, progress, job }
}

function TemplateButton() {
  const { t } = useTranslation('annotations')
  const rows = [
    [t('importing.templateQuestion'), t('importing.templateAnswer')],
    [t('importing.templateRowQuestion'), t('importing.templateRowAnswer')],
  ]
  return (
    <Button
      variant="ghost"
      size="s"
      className="-ml-2 self-start"
      icon={<FileDown size={14} aria-hidden />}
      onClick={() => saveFile('annotations.csv', writeTemplate(rows))}
    >
      {t('importing.template')}
    </Button>
  )
}

function Refusal({ error }: { readonly error: Error }) {
  const { t } = useTranslation('annotations')
  const errorText = useErrorText()
  const rows = faultyRowsOf(error)
  if (rows.length === 0) return <Notice tone="bad">{errorText(error)}</Notice>
  // Faults are data: one that only a newer server knows is told in its words.
  const textOf = ({ code, message }: RowFault) =>
    t(`importing.faults.${code}` as 'importing.faults.question_empty', { defaultValue: message })
  return (
    <Notice tone="bad">
      <p>{t('importing.refused')}</p>
      <ul className="mt-1.5 flex max-h-40 flex-col gap-0.5 overflow-y-auto text-s">
        {rows.map((fault) => (
          <li key={fault.row}>
            <span className="font-medium">{t('importing.row', { row: fault.row })}</span> {textOf(fault)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Taking({ job: { job_status: status, done, total } }: { readonly job: AnnotationJobState }) {
  const { t } = useTranslation('annotations')
  const format = useFormat()
  const texts = { done: format.number(done ?? 0), total: format.number(total ?? 0) }
  return (
    <div className="flex flex-col gap-2 py-2">
      <p className="text-ink-2">{status === 'waiting' ? t('importing.waiting') : t('importing.taking', texts)}</p>
      <ProgressBar label={t('importing.title')} value={done ?? 0} max={total ?? 0} />
    </div>
  )
}
