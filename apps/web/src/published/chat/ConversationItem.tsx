import { Ellipsis, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, useToast } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { LazyMenu } from '../LazyMenu.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import type { ChatStore } from './chat-store.ts'
import type { ConversationEntry } from './conversation-groups.ts'

const RenameDialog = lazyDialog(() => import('./ConversationDialogs.tsx').then((module) => module.RenameDialog))
const DeleteDialog = lazyDialog(() => import('./ConversationDialogs.tsx').then((module) => module.DeleteDialog))

export interface ConversationItemProps {
  readonly store: ChatStore
  readonly entry: ConversationEntry
  readonly isActive: boolean
  readonly onOpen: () => void
}

type Asking = 'nothing' | 'name' | 'deletion'

export function ConversationItem({ store, entry, isActive, onOpen }: ConversationItemProps) {
  const { t } = useTranslation(['published', 'common'])
  const [asking, setAsking] = useState<Asking>('nothing')
  const act = useAction()
  const close = () => setAsking('nothing')
  const groups = [
    [
      {
        label: entry.isPinned ? t('unpin') : t('pin'),
        icon: entry.isPinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />,
        onSelect: () => void act.run(store.setPinned(entry.id, !entry.isPinned)),
      },
      { label: t('rename'), icon: <Pencil size={14} aria-hidden />, onSelect: () => setAsking('name') },
    ],
    [
      {
        label: t('common:delete'),
        icon: <Trash2 size={14} aria-hidden />,
        isDestructive: true,
        onSelect: () => setAsking('deletion'),
      },
    ],
  ]
  return (
    <li className={cx('group relative flex items-center rounded-sm', isActive ? 'bg-surface-3' : 'hover:bg-surface-3/60')}>
      <button
        type="button"
        aria-current={isActive ? 'page' : undefined}
        onClick={onOpen}
        className={cx(
          'min-w-0 flex-1 truncate rounded-sm py-1.75 pr-8 pl-2.25 text-left pointer-coarse:py-2.5 pointer-coarse:pr-11',
          isActive ? 'font-medium text-ink' : 'text-ink-2',
        )}
      >
        {entry.name}
      </button>
      <LazyMenu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={t('actionsOf', { name: entry.name })}
            className="absolute right-1 grid size-6 place-items-center rounded-sm text-ink-3 pointer-coarse:right-0 pointer-coarse:size-10 opacity-0 group-hover:opacity-100 hover:bg-surface-2 hover:text-ink focus-visible:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100"
          >
            <Ellipsis size={15} aria-hidden />
          </button>
        }
        groups={groups}
      />
      {asking === 'name' && <RenameDialog name={entry.name} onClose={close} onRename={(name) => act.run(store.rename(entry.id, name))} />}
      {asking === 'deletion' && (
        <DeleteDialog
          name={entry.name}
          isBusy={act.isBusy}
          onClose={close}
          onDelete={() => void act.run(store.remove(entry.id)).then((isDone) => isDone && close())}
        />
      )}
    </li>
  )
}

/** Runs one action at a time; what fails is said. */
function useAction() {
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [isBusy, setBusy] = useState(false)
  const run = async (action: Promise<void>): Promise<boolean> => {
    setBusy(true)
    try {
      await action
      return true
    } catch (error) {
      toast.error(errorText(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, run }
}
