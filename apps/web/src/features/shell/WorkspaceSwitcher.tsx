import { useNavigate } from '@tanstack/react-router'
import { Check, ChevronsUpDown, Plus, Settings } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { useSession } from '../session/useSession.ts'
import { useWorkspaces } from '../session/useWorkspaces.ts'

const CreateWorkspaceDialog = lazyDialog(() =>
  import('../settings/workspace/CreateWorkspaceDialog.tsx').then((module) => module.CreateWorkspaceDialog),
)

/** Where one is, and where else one can go. */
export function WorkspaceSwitcher() {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const { workspace } = useSession()
  const { all, mayCreate, enter } = useWorkspaces()
  const [isCreating, setCreating] = useState(false)
  return (
    <>
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={t('workspaces.switcher', { workspace: workspace.name })}
            className="-mx-1.5 flex h-7.5 max-w-80 min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-l font-semibold hover:bg-surface-2 data-popup-open:bg-surface-2"
          >
            <span className="min-w-0 truncate">{workspace.name}</span>
            <ChevronsUpDown size={13} aria-hidden className="shrink-0 text-ink-3" />
          </button>
        }
        groups={[
          all.map(({ id, name }) => ({
            key: id,
            label: name,
            icon: id === workspace.id ? <Check size={15} aria-hidden /> : <span className="block size-3.75" />,
            isCurrent: id === workspace.id,
            onSelect: () => id !== workspace.id && enter(id),
          })),
          [
            ...(mayCreate
              ? [{ label: t('workspaces.create'), icon: <Plus size={15} aria-hidden />, onSelect: () => setCreating(true) }]
              : []),
            {
              label: t('workspaces.settings'),
              icon: <Settings size={15} aria-hidden />,
              onSelect: () => void navigate({ to: '/settings/workspace' }),
            },
          ],
        ]}
      />
      {isCreating && <CreateWorkspaceDialog onClose={() => setCreating(false)} />}
    </>
  )
}
