import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { LeaveSection } from './LeaveSection.tsx'
import { MailCard } from './MailCard.tsx'
import { NameCard } from './NameCard.tsx'
import { WorkspaceList } from './WorkspaceList.tsx'

export function WorkspacePage() {
  const { t } = useTranslation('team')
  const { workspace, canAdminister } = useSession()
  return (
    <>
      <PageHeading title={t('workspace.title')} lead={t('workspace.lead')} />
      <div className="flex flex-col gap-5">
        <NameCard key={workspace.name} />
        <WorkspaceList />
        {canAdminister && <MailCard />}
        <LeaveSection />
      </div>
    </>
  )
}
