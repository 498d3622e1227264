import { useMutation, useQuery } from '@tanstack/react-query'
import { FileDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { saveFile } from '../../api/save-file.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Dialog, Notice, ProgressBar, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { faultyRowsOf, type RowFault, writeTemplate } from './import-file.ts'
import { useForgetAnnotations } from './useAnnotations.ts'

const POLL_MS = 500

/** Takes a CSV file over whole, or says which rows stand in the way. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('annotations')
  const [file, setFile] = useState<File | null>(null)
  const { send, progress } = useUpload()
  const jobId = send.data?.job_id
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('importing.title')}
      description={t('importing.lead')}
      width="m"
      onSubmit={() => file && !jobId && send.mutate(file)}
      footer={
        <>
          <Button onClick={onClose}>{t(jobId ? 'close' : 'cancel', { ns: 'common' })}</Button>
          {!jobId && (
            <Button type="submit" variant="primary" isBusy={send.isPending} disabled={file === null}>
              {t('importing.submit')}
            </Button>
          )}
        </>
      }
    >
      {jobId ? (
        <Taking jobId={jobId} onDone={onClose} />
      ) : (
        <>
          <TemplateButton />
          <FileField
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

function useUpload() {
  const api = useApi()
  const { app } = useApp()
  const [progress, setProgress] = useState(0)
  const [abort] = useState(() => new AbortController())
  useEffect(() => () => abort.abort(), [abort])
  const send = useMutation({
    mutationFn: (file: File) => api.annotations.importFile(app.id, file, { signal: abort.signal, onProgress: setProgress }),
  })
  return { send, progress }
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

function FileField({ onFile }: { readonly onFile: (file: File | null) => void }) {
  const { t } = useTranslation('annotations')
  return (
    <label className="flex flex-col gap-1.5">
      <span className="text-s font-medium text-ink-2">{t('importing.file')}</span>
      <input
        type="file"
        accept=".csv,text/csv"
        onChange={(event) => onFile(event.target.files?.[0] ?? null)}
        className="rounded-sm border border-line-2 bg-surface px-2 py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-surface-2 file:px-2.5 file:py-1 file:text-ink"
      />
    </label>
  )
}

function Refusal({ error }: { readonly error: Error }) {
  const { t } = useTranslation('annotations')
  const errorText = useErrorText()
  const rows = faultyRowsOf(error)
  if (rows.length === 0) return <Notice tone="bad">{errorText(error)}</Notice>
  // Faults are data: one that only a newer server knows is told in its words.
  const textOf = ({ code, message }: RowFault) => t(`importing.faults.${code}` as 'importing.faults.question_empty', { defaultValue: message })
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

function Taking({ jobId, onDone }: { readonly jobId: string; readonly onDone: () => void }) {
  const { t } = useTranslation('annotations')
  const api = useApi()
  const { app } = useApp()
  const toast = useToast()
  const format = useFormat()
  const forget = useForgetAnnotations()
  const job = useQuery({
    queryKey: ['annotation-import', app.id, jobId],
    queryFn: () => api.annotations.importJob(app.id, jobId),
    refetchInterval: ({ state }) => (state.data?.job_status === 'completed' || state.data?.job_status === 'error' ? false : POLL_MS),
    staleTime: 0,
  })
  const { job_status: status, done = 0, total = 0, error_msg: problem } = job.data ?? { job_status: 'waiting' as const, error_msg: '' }
  useEffect(() => {
    if (status !== 'completed') return
    const count = total ?? 0
    toast.success(t('importing.done', { count, text: format.number(count) }))
    void forget()
    onDone()
    // Said once, when it is over.
  }, [status])
  if (status === 'error') {
    return (
      <Notice tone="bad">
        {t('importing.failed')} {problem}
      </Notice>
    )
  }
  return (
    <div className="flex flex-col gap-2 py-2">
      <p className="text-ink-2">
        {status === 'waiting'
          ? t('importing.waiting')
          : t('importing.taking', { done: format.number(done ?? 0), total: format.number(total ?? 0) })}
      </p>
      <ProgressBar label={t('importing.title')} value={done ?? 0} max={total ?? 0} />
    </div>
  )
}
