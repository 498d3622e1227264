import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSummary } from '../../api/types/apps.ts'
import { AppIcon, Chip } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import type { AppDialog } from './AppDialogs.tsx'
import { AppMenu } from './AppMenu.tsx'
import { publicationOf } from './app-publication.ts'
import { StarButton } from './StarButton.tsx'

export interface AppCardProps {
  readonly app: AppSummary
  readonly canEdit: boolean
  readonly onOpen: (dialog: AppDialog) => void
}

/** Drawn again only where its app has changed. */
export const AppCard = memo(function AppCard({ app, canEdit, onOpen }: AppCardProps) {
  const { t } = useTranslation('studio')
  const format = useFormat()
  const publication = publicationOf(app)
  return (
    <article className="group relative flex min-h-32 flex-col gap-2.5 rounded-md border border-line bg-surface px-3.5 pt-3.5 pb-3 transition-[border-color,box-shadow] duration-150 focus-within:border-line-2 hover:border-line-2 hover:shadow-low">
      <header className="flex items-center gap-2.5">
        <AppIcon iconType={app.icon_type} icon={app.icon} iconUrl={app.icon_url} />
        <div className="min-w-0 flex-1 leading-snug">
          {/* The link covers the card; star and menu stand above it. */}
          <Link
            to="/app/$id/configuration"
            params={{ id: app.id }}
            className="block truncate text-l font-semibold after:absolute after:inset-0 after:rounded-md focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus"
          >
            {app.name}
          </Link>
          <span className="text-s text-ink-3">{t(`mode.${app.mode}`, { ns: 'common' })}</span>
        </div>
        <StarButton app={app} />
        {canEdit && <AppMenu app={app} onOpen={onOpen} />}
      </header>
      <p className="line-clamp-2 flex-1 text-ink-2">{app.description}</p>
      <footer className="flex items-center gap-1.5 text-s">
        <Chip tone={publication === 'published' ? 'accent' : 'warn'}>{t(publication)}</Chip>
        <TagChips tags={app.tags} />
        <span className="shrink-0 text-ink-3">{t('edited', { when: format.ago(app.updated_at ?? app.created_at ?? 0) })}</span>
      </footer>
    </article>
  )
})

const SHOWN_TAGS = 2

function TagChips({ tags }: Pick<AppSummary, 'tags'>) {
  const { t } = useTranslation('studio')
  const rest = tags.slice(SHOWN_TAGS).map(({ name }) => name)
  return (
    <ul aria-label={tags.length > 0 ? t('tags.title') : undefined} className="flex min-w-0 flex-1 gap-1">
      {tags.slice(0, SHOWN_TAGS).map(({ id, name }) => (
        <li key={id} className="flex max-w-36 min-w-0">
          <Chip className="min-w-0">
            <span className="truncate">{name}</span>
          </Chip>
        </li>
      ))}
      {rest.length > 0 && (
        <li className="relative z-1" title={rest.join(', ')}>
          <Chip>+{rest.length}</Chip>
          <span className="sr-only">{rest.join(', ')}</span>
        </li>
      )}
    </ul>
  )
}
