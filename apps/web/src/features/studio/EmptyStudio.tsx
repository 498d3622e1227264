import { ArrowRight, Plus, Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AppIcon, Button, Chip, Spinner } from '../../design/index.ts'
import type { CreateMode } from './CreateAppDialog.tsx'
import { useStarter } from './useStarter.ts'

export interface EmptyStudioProps {
  readonly canEdit: boolean
  readonly onCreate: (mode: CreateMode) => void
  readonly onImport: () => void
}

export function EmptyStudio({ canEdit, onCreate, onImport }: EmptyStudioProps) {
  const { t } = useTranslation('studio')
  const { starters, begin, busyId } = useStarter()
  return (
    <div className="mx-auto flex max-w-220 flex-col items-center pt-[8vh] text-center">
      <h1 className="text-3xl font-semibold tracking-tight">{t('empty.title')}</h1>
      <p className="mt-2 max-w-120 text-balance text-l text-ink-2">{t('empty.lead')}</p>
      <div className="mt-9 grid w-full grid-cols-3 gap-3.5 text-left max-[900px]:grid-cols-1">
        {starters.map((starter) => (
          <button
            key={starter.id}
            type="button"
            disabled={!canEdit || busyId !== null}
            onClick={() => begin(starter)}
            className="group flex flex-col gap-3 rounded-md border border-line bg-surface p-4.5 text-left transition-[border-color,box-shadow] duration-150 hover:not-disabled:border-accent-line hover:not-disabled:shadow-high disabled:opacity-60"
          >
            <span className="flex items-center justify-between">
              <AppIcon icon={starter.icon} size="m" />
              <Chip>{t(`mode.${starter.mode}`, { ns: 'common' })}</Chip>
            </span>
            <span>
              <span className="flex items-center gap-1.5 text-l font-semibold">
                {starter.name}
                {busyId === starter.id ? (
                  <Spinner />
                ) : (
                  <ArrowRight
                    size={14}
                    aria-hidden
                    className="text-accent opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
                  />
                )}
              </span>
              <span className="mt-1 block text-ink-2">{starter.description}</span>
            </span>
          </button>
        ))}
      </div>
      {canEdit && (
        <div className="mt-7 flex flex-wrap justify-center gap-2">
          <Button icon={<Plus size={15} aria-hidden />} onClick={() => onCreate('chat')}>
            {t('blankChatbot')}
          </Button>
          <Button icon={<Plus size={15} aria-hidden />} onClick={() => onCreate('completion')}>
            {t('blankGenerator')}
          </Button>
          <Button icon={<Upload size={14} aria-hidden />} onClick={onImport}>
            {t('importApp')}
          </Button>
          <p className="w-full text-s text-ink-3">{t('create.workflows')}</p>
        </div>
      )}
    </div>
  )
}
