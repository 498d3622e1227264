import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FileText, MessageSquare } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, cx, Dialog, Notice } from '../../design/index.ts'
import { type AppDetails, AppDetailsFields } from './AppDetailsFields.tsx'
import { defaultIcon } from './app-icon.ts'
import { invalidateApps } from './queries.ts'

export type CreateMode = 'chat' | 'completion'

const blank: AppDetails = { name: '', description: '', icon: defaultIcon }

/** Open while `mode` is set, which is also the kind that it begins with. */
export function CreateAppDialog({ mode, onClose }: { readonly mode: CreateMode | null; readonly onClose: () => void }) {
  const { t } = useTranslation('studio')
  const errorText = useErrorText()
  const [chosen, setChosen] = useState<CreateMode>('chat')
  const [details, setDetails] = useState(blank)
  const [isTried, setTried] = useState(false)
  const create = useCreateApp(onClose)
  const { reset } = create
  useEffect(() => {
    if (!mode) return
    setChosen(mode)
    setDetails(blank)
    setTried(false)
    reset()
  }, [mode, reset])
  const submit = () => {
    setTried(true)
    if (details.name.trim() !== '') create.mutate({ mode: chosen, details })
  }
  return (
    <Dialog
      isOpen={mode !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('create.title')}
      description={t('create.lead')}
      width="m"
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending}>
            {t('create.submit')}
          </Button>
        </>
      }
    >
      <fieldset>
        <legend className="mb-1.5 text-s font-medium text-ink-2">{t('create.mode')}</legend>
        <div className="grid grid-cols-2 gap-2.5">
          <ModeOption
            value="chat"
            chosen={chosen}
            onChoose={setChosen}
            icon={<MessageSquare size={16} aria-hidden />}
            label={t('create.chat')}
            hint={t('create.chatHint')}
          />
          <ModeOption
            value="completion"
            chosen={chosen}
            onChoose={setChosen}
            icon={<FileText size={16} aria-hidden />}
            label={t('create.completion')}
            hint={t('create.completionHint')}
          />
        </div>
        <p className="mt-2 text-s text-ink-3">{t('create.workflows')}</p>
      </fieldset>
      <AppDetailsFields
        details={details}
        onChange={setDetails}
        nameError={isTried && details.name.trim() === '' ? t('create.nameMissing') : null}
      />
      {create.error && <Notice tone="bad">{errorText(create.error)}</Notice>}
    </Dialog>
  )
}

function useCreateApp(onCreated: () => void) {
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ mode, details }: { mode: CreateMode; details: AppDetails }) =>
      api.apps.create({
        mode,
        name: details.name.trim(),
        description: details.description.trim(),
        icon_type: details.icon.type,
        icon: details.icon.icon,
        icon_background: '#E4F2EB',
      }),
    onSuccess: async (app) => {
      onCreated()
      await invalidateApps(queryClient)
      await navigate({ to: '/app/$id/configuration', params: { id: app.id } })
    },
  })
}

interface ModeOptionProps {
  readonly value: CreateMode
  readonly chosen: CreateMode
  readonly onChoose: (mode: CreateMode) => void
  readonly icon: ReactNode
  readonly label: string
  readonly hint: string
}

function ModeOption({ value, chosen, onChoose, icon, label, hint }: ModeOptionProps) {
  const isChosen = value === chosen
  return (
    <label
      className={cx(
        'flex cursor-pointer items-start gap-2.5 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-focus',
        isChosen ? 'border-accent bg-accent-soft' : 'border-line-2 hover:bg-surface-2',
      )}
    >
      <input type="radio" name="mode" value={value} checked={isChosen} onChange={() => onChoose(value)} className="sr-only" />
      <span className={isChosen ? 'text-accent' : 'text-ink-3'}>{icon}</span>
      <span>
        <span className="block font-semibold leading-tight">{label}</span>
        <span className="mt-1 block text-s text-ink-2">{hint}</span>
      </span>
    </label>
  )
}
