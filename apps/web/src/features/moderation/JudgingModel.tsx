import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { buttonClass, Notice, Skeleton } from '../../design/index.ts'
import { defaultModelQuery } from '../models/queries.ts'

/** Which model judges, or that there is none and where to get one. */
export function JudgingModel() {
  const { t } = useTranslation('moderation')
  const errorText = useErrorText()
  const model = useQuery(defaultModelQuery(useApi(), 'moderation'))
  if (model.isPending) return <Skeleton className="h-5" />
  if (model.isError) return <Notice tone="bad">{errorText(model.error)}</Notice>
  if (model.data) return <p className="text-s text-ink-3">{t('model.inUse', { model: model.data.model })}</p>
  return (
    <Notice
      tone="warn"
      action={
        <Link to="/settings/models" className={buttonClass({ size: 's' })}>
          {t('model.toModels')}
        </Link>
      }
    >
      {t('model.none')}
    </Notice>
  )
}
