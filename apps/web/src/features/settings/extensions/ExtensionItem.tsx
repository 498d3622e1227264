import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ApiExtension } from '../../../api/types/extensions.ts'
import { IconButton } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'

export interface ExtensionItemProps {
  readonly extension: ApiExtension
  readonly onChange: (extension: ApiExtension) => void
  readonly onDelete: (extension: ApiExtension) => void
}

export function ExtensionItem({ extension, onChange, onDelete }: ExtensionItemProps) {
  const { t } = useTranslation('extensions')
  const { account, canAdminister } = useSession()
  const format = useFormat(account.timezone || 'UTC')
  const { name } = extension
  return (
    <article aria-label={name} className="flex items-center gap-2 px-4 py-3.5">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-medium">{name}</h2>
        <p className="truncate font-mono text-s text-ink-2" title={extension.api_endpoint}>
          {extension.api_endpoint}
        </p>
        <p className="text-s text-ink-3">
          <span className="font-mono">{extension.api_key}</span> ·{' '}
          <span className="whitespace-nowrap">{t('added', { time: format.dateTime(extension.created_at) })}</span>
        </p>
      </div>
      {canAdminister && (
        <>
          <IconButton size="s" label={t('edit', { name })} onClick={() => onChange(extension)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton size="s" label={t('remove', { name })} onClick={() => onDelete(extension)}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </article>
  )
}
