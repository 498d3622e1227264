import { useTranslation } from 'react-i18next'
import { Notice } from '../../design/index.ts'
import { useDraft } from '../app/app-context.ts'
import { AccessFrame } from './AccessFrame.tsx'
import { SamplesSection } from './SamplesSection.tsx'

export function AccessPage() {
  const { hasUnpublishedChanges } = useDraft()
  return <AccessFrame notice={hasUnpublishedChanges && <NotPublished />} samples={(newKey) => <SamplesSection apiKey={newKey} />} />
}

function NotPublished() {
  const { t } = useTranslation('access')
  return <Notice tone="info">{t('notPublished')}</Notice>
}
