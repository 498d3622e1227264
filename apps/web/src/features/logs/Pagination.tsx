import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../design/index.ts'

export interface PaginationProps {
  readonly page: number
  readonly pages: number
  readonly onPageChange: (page: number) => void
}

export function Pagination({ page, pages, onPageChange }: PaginationProps) {
  const { t } = useTranslation('common')
  if (pages <= 1) return null
  return (
    <nav className="mt-3 flex items-center justify-end gap-1.5 text-s text-ink-3">
      <span className="mr-1">{t('pageOf', { page, pages })}</span>
      <IconButton variant="default" label={t('previousPage')} disabled={page <= 1} onClick={() => onPageChange(page - 1)}>
        <ChevronLeft size={15} aria-hidden />
      </IconButton>
      <IconButton variant="default" label={t('nextPage')} disabled={page >= pages} onClick={() => onPageChange(page + 1)}>
        <ChevronRight size={15} aria-hidden />
      </IconButton>
    </nav>
  )
}
