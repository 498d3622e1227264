import { FileText, MessageSquare } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Spinner } from '../../design/index.ts'
import type { CreateMode } from './CreateAppDialog.tsx'
import { useStarter } from './useStarter.ts'

/** The first card of the studio: blank apps and starters, one click each. */
export function BeginCard({ onCreate }: { readonly onCreate: (mode: CreateMode) => void }) {
  const { t } = useTranslation('studio')
  const { starters, begin, busyId } = useStarter()
  return (
    <section
      aria-label={t('beginWith')}
      className="flex min-h-32 flex-col gap-1.5 rounded-md border border-dashed border-line-2 p-3.5 pb-3"
    >
      <h2 className="font-semibold">{t('beginWith')}</h2>
      <div className="-mx-2 grid grid-cols-2 gap-x-0.5">
        <BeginItem icon={<MessageSquare size={14} aria-hidden />} label={t('blankChatbot')} onSelect={() => onCreate('chat')} />
        <BeginItem icon={<FileText size={14} aria-hidden />} label={t('blankGenerator')} onSelect={() => onCreate('completion')} />
        {starters.map((starter) => (
          <BeginItem
            key={starter.id}
            icon={busyId === starter.id ? <Spinner /> : <span aria-hidden>{starter.icon}</span>}
            label={starter.name}
            isDisabled={busyId !== null}
            onSelect={() => begin(starter)}
          />
        ))}
      </div>
    </section>
  )
}

interface BeginItemProps {
  readonly icon: ReactNode
  readonly label: string
  readonly isDisabled?: boolean
  readonly onSelect: () => void
}

function BeginItem({ icon, label, isDisabled, onSelect }: BeginItemProps) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      onClick={onSelect}
      className="flex h-7 min-w-0 items-center gap-2 rounded-sm px-2 text-left text-s font-medium text-ink-2 hover:bg-surface-2 hover:text-ink disabled:opacity-60"
    >
      <span className="grid w-4 shrink-0 place-items-center">{icon}</span>
      <span className="truncate">{label}</span>
    </button>
  )
}
