import { Menu as MenuIcon, SquarePen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, touchRow } from '../../design/index.ts'
import { PageMenu } from '../PageMenu.tsx'

export interface ChatHeaderProps {
  readonly title: string
  readonly onOpenList: () => void
  readonly onNew: () => void
}

export function ChatHeader({ title, onOpenList, onNew }: ChatHeaderProps) {
  const { t } = useTranslation('published')
  return (
    <header className={cx('flex h-12 shrink-0 items-center gap-x-1 border-b border-line px-4 max-md:px-2', touchRow)}>
      <IconButton label={t('openList')} className="md:hidden" isTooltipHidden onClick={onOpenList}>
        <MenuIcon size={17} aria-hidden />
      </IconButton>
      <h1 className="min-w-0 flex-1 truncate text-l font-semibold max-md:px-1">{title}</h1>
      <IconButton label={t('newConversation')} className="md:hidden" isTooltipHidden onClick={onNew}>
        <SquarePen size={16} aria-hidden />
      </IconButton>
      <PageMenu />
    </header>
  )
}
