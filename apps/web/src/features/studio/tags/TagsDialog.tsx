import { useQuery } from '@tanstack/react-query'
import { Plus, Tags } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AppTag } from '../../../api/tags-api.ts'
import type { AppSummary } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, ConfirmDialog, Dialog, EmptyState, ErrorState, Skeleton, TextField } from '../../../design/index.ts'
import { tagsQuery } from '../queries.ts'
import { TagRow } from './TagRow.tsx'
import { useTagChanges } from './useTagChanges.ts'

export interface TagsDialogProps {
  /** Whose tags are chosen; without, tags are only tended. */
  readonly app?: AppSummary | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The service takes longer names no more than the field does. */
const MAX_NAME_LENGTH = 50

/** All tags: chosen for an app, made, renamed, deleted. */
export function TagsDialog({ app, isOpen, onClose }: TagsDialogProps) {
  const { t } = useTranslation('studio')
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => !next && onClose()}
      title={app ? t('tags.of', { name: app.name }) : t('tags.manage')}
      description={app ? undefined : t('tags.lead')}
      footer={<Button onClick={onClose}>{t('close', { ns: 'common' })}</Button>}
    >
      <NewTag app={app} />
      <TagList app={app} />
    </Dialog>
  )
}

function NewTag({ app }: Pick<TagsDialogProps, 'app'>) {
  const { t } = useTranslation('studio')
  const { create } = useTagChanges()
  const [name, setName] = useState('')
  const submit = () => {
    if (name.trim() === '' || create.isPending) return
    create.mutate({ name: name.trim(), app }, { onSuccess: () => setName('') })
  }
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        aria-label={t('tags.new')}
        placeholder={t('tags.new')}
        className="flex-1"
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onValueChange={setName}
      />
      <Button type="submit" icon={<Plus size={14} aria-hidden />} isBusy={create.isPending} disabled={name.trim() === ''}>
        {t('add', { ns: 'common' })}
      </Button>
    </form>
  )
}

function TagList({ app }: Pick<TagsDialogProps, 'app'>) {
  const { t } = useTranslation('studio')
  const errorText = useErrorText()
  const tags = useQuery(tagsQuery(useApi()))
  const [doomed, setDoomed] = useState<AppTag | null>(null)
  if (tags.isPending) return <Skeleton className="h-20" />
  if (tags.isError) {
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(tags.error)} onRetry={() => void tags.refetch()} />
  }
  return (
    <>
      {tags.data.length === 0 && (
        <EmptyState icon={<Tags size={20} aria-hidden />} title={t('tags.none')} description={t('tags.noneHint')} />
      )}
      <ul aria-label={t('tags.title')} className="-mx-2 flex flex-col">
        {tags.data.map((tag) => (
          <TagRow key={tag.id} tag={tag} app={app} maxLength={MAX_NAME_LENGTH} onDelete={() => setDoomed(tag)} />
        ))}
      </ul>
      <DeleteTag tag={doomed} onClose={() => setDoomed(null)} />
    </>
  )
}

/** Beside the rows: the row goes while it is still closing. */
function DeleteTag({ tag, onClose }: { readonly tag: AppTag | null; readonly onClose: () => void }) {
  const { t } = useTranslation('studio')
  const { remove } = useTagChanges()
  const [last, setLast] = useState(tag)
  if (tag && tag !== last) setLast(tag)
  return (
    <ConfirmDialog
      isOpen={tag !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('tags.confirm', { name: last?.name })}
      consequence={t('tags.consequence', { count: Number(last?.binding_count) })}
      confirmLabel={t('tags.confirmDelete')}
      onConfirm={() => {
        if (tag) remove.mutate(tag.id)
        onClose()
      }}
    />
  )
}
