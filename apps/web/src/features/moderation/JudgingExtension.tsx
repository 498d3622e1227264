import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { buttonClass, Notice, Select, Skeleton } from '../../design/index.ts'
import { extensionsQuery } from '../extensions/queries.ts'
import { useSession } from '../session/useSession.ts'

interface JudgingExtensionProps {
  readonly extensionId: string
  readonly onChange: (extensionId: string) => void
  readonly error: string | undefined
}

/** Which server of the workspace's own decides, or that there is none. */
export function JudgingExtension({ extensionId, onChange, error }: JudgingExtensionProps) {
  const { t } = useTranslation('moderation')
  const errorText = useErrorText()
  const { canAdminister } = useSession()
  const extensions = useQuery({ ...extensionsQuery(useApi()), refetchOnMount: 'always' })
  if (extensions.isPending) return <Skeleton className="h-7.5" />
  if (extensions.isError) return <Notice tone="bad">{errorText(extensions.error)}</Notice>
  const options = extensions.data.map(({ id, name, api_endpoint: hint }) => ({ value: id, label: name, hint }))
  const isGone = extensionId !== '' && !options.some(({ value }) => value === extensionId)
  if (options.length === 0 && !isGone) {
    const link = (
      <Link to="/settings/extensions" className={buttonClass({ size: 's' })}>
        {t('extension.toExtensions')}
      </Link>
    )
    return (
      <Notice tone="warn" action={canAdminister && link}>
        {t('extension.none')}
      </Notice>
    )
  }
  return (
    <Select
      label={t('extension.label')}
      hint={t('extension.hint')}
      error={isGone ? t('extension.gone') : error}
      placeholder={t('extension.choose')}
      options={options}
      value={isGone || extensionId === '' ? null : extensionId}
      onValueChange={onChange}
    />
  )
}
