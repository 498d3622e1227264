import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar, Button, Card, Chip } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { useWorkspaces } from '../../session/useWorkspaces.ts'
import { CreateWorkspaceDialog } from './CreateWorkspaceDialog.tsx'

/** The workspaces of the account, each a press away. */
export function WorkspaceList() {
  const { t } = useTranslation('team')
  const { workspace } = useSession()
  const { all, mayCreate, isEntering, enter } = useWorkspaces()
  const [isCreating, setCreating] = useState(false)
  return (
    <section aria-label={t('workspace.list')}>
      <div className="mb-2 flex items-center gap-3">
        <h2 className="flex-1 text-l font-semibold">{t('workspace.list')}</h2>
        {mayCreate && (
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => setCreating(true)}>
            {t('workspace.create')}
          </Button>
        )}
      </div>
      <Card>
        <ul>
          {all.map(({ id, name }) => (
            <li key={id} className="flex min-h-12 items-center gap-2.5 border-b border-line px-5 py-2 last:border-0">
              <Avatar name={name} />
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              {id === workspace.id ? (
                <Chip tone="accent">{t('workspace.current')}</Chip>
              ) : (
                <Button size="s" aria-label={t('workspace.openOf', { workspace: name })} disabled={isEntering} onClick={() => enter(id)}>
                  {t('workspace.open')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {isCreating && <CreateWorkspaceDialog onClose={() => setCreating(false)} />}
    </section>
  )
}
