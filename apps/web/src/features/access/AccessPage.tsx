import { useTranslation } from 'react-i18next'
import { Notice } from '../../design/index.ts'
import { BasicNeverPublished } from '../app/BasicNeverPublished.tsx'
import { useDraftPublication } from '../app/useDraftPublication.ts'
import { AccessFrame } from './AccessFrame.tsx'
import { SamplesSection } from './SamplesSection.tsx'

export function AccessPage() {
  return <AccessFrame notice={<PublicationNotice />} samples={(newKey) => <SamplesSection apiKey={newKey} />} />
}

function PublicationNotice() {
  const { t } = useTranslation('access')
  const publication = useDraftPublication()
  if (publication === 'never') return <BasicNeverPublished />
  return publication === 'changed' && <Notice tone="info">{t('notPublished')}</Notice>
}
