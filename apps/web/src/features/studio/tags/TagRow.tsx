import { Check, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppTag } from '../../../api/tags-api.ts'
import type { AppSummary } from '../../../api/types/apps.ts'
import { Checkbox, IconButton, TextField } from '../../../design/index.ts'
import { useTagChanges } from './useTagChanges.ts'

export interface TagRowProps {
  readonly tag: AppTag
  readonly app: AppSummary | undefined
  readonly maxLength: number
  readonly onDelete: () => void
}

export function TagRow({ tag, app, maxLength, onDelete }: TagRowProps) {
  const { t } = useTranslation('studio')
  const [isRenaming, setRenaming] = useState(false)
  if (isRenaming) return <RenameRow tag={tag} maxLength={maxLength} onClose={() => setRenaming(false)} />
  return (
    <li className="flex min-h-8.5 items-center gap-1 rounded-sm px-2 hover:bg-surface-2">
      {app ? <Binding tag={tag} app={app} /> : <span className="min-w-0 flex-1 truncate">{tag.name}</span>}
      <span className="px-1 text-s text-ink-3">{t('count', { count: Number(tag.binding_count) })}</span>
      <IconButton label={t('tags.rename', { name: tag.name })} size="s" onClick={() => setRenaming(true)}>
        <Pencil size={13} aria-hidden />
      </IconButton>
      <IconButton label={t('tags.delete', { name: tag.name })} size="s" onClick={onDelete}>
        <Trash2 size={13} aria-hidden />
      </IconButton>
    </li>
  )
}

/** Shown at once, taken back where the server refuses. */
function Binding({ tag, app }: { readonly tag: AppTag; readonly app: AppSummary }) {
  const { bind } = useTagChanges()
  const isStored = app.tags.some(({ id }) => id === tag.id)
  return (
    <Checkbox
      className="min-w-0 flex-1 py-1.5 break-words"
      label={tag.name}
      checked={bind.isPending ? bind.variables.isBound : isStored}
      onCheckedChange={(isBound) => bind.mutate({ appId: app.id, tagId: tag.id, isBound })}
    />
  )
}

function RenameRow({ tag, maxLength, onClose }: Pick<TagRowProps, 'tag' | 'maxLength'> & { readonly onClose: () => void }) {
  const { t } = useTranslation('studio')
  const { rename } = useTagChanges()
  const [name, setName] = useState(tag.name)
  const save = () => {
    const wanted = name.trim()
    if (wanted === '' || wanted === tag.name) return onClose()
    rename.mutate({ id: tag.id, name: wanted }, { onSuccess: onClose })
  }
  return (
    <li className="px-2 py-0.5">
      <form
        className="flex gap-1"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <TextField
          aria-label={t('tags.rename', { name: tag.name })}
          autoFocus
          className="flex-1"
          maxLength={maxLength}
          value={name}
          onValueChange={setName}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onClose()
          }}
        />
        <IconButton type="submit" label={t('save', { ns: 'common' })} isBusy={rename.isPending}>
          <Check size={15} aria-hidden />
        </IconButton>
      </form>
    </li>
  )
}
