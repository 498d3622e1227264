import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass, Notice } from '../../../design/index.ts'
import type { Turn } from '../../chat/turn.ts'

/** Below an answer that had no room for its end: where there is more to be had. */
export function CutNote({ turn }: { readonly turn: Turn }) {
  const { t } = useTranslation('orchestrate')
  if (!turn.isCut) return null
  return (
    <Notice
      tone="warn"
      className="mt-3"
      action={
        <Link to="/settings/models" className={buttonClass({ size: 's' })}>
          {t('preview.cutPlace')}
        </Link>
      }
    >
      {t('preview.cut')}
    </Notice>
  )
}
