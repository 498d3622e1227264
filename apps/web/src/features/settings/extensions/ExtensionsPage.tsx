import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Plug, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ApiExtension } from '../../../api/types/extensions.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, EmptyState, ErrorState, Skeleton } from '../../../design/index.ts'
import { extensionsQuery } from '../../extensions/queries.ts'
import { useExtensionTexts } from '../../extensions/useExtensionTexts.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { DeleteExtensionDialog } from './DeleteExtensionDialog.tsx'
import { ExtensionDialog } from './ExtensionDialog.tsx'
import { ExtensionItem } from './ExtensionItem.tsx'

/** Servers of the workspace's own that its apps ask. */
export function ExtensionsPage() {
  const { t } = useTranslation('common')
  const texts = useExtensionTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="h-60" /> : <Extensions />
}

type Open = { readonly what: 'create' } | { readonly what: 'change' | 'delete'; readonly extension: ApiExtension }

function Extensions() {
  const { t } = useTranslation('extensions')
  const { canEdit, canAdminister } = useSession()
  const [open, setOpen] = useState<Open | null>(null)
  const extensions = useQuery({ ...extensionsQuery(useApi()), enabled: canEdit, refetchOnMount: 'always' })
  const close = () => setOpen(null)
  const add = canAdminister && (
    <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setOpen({ what: 'create' })}>
      {t('add')}
    </Button>
  )
  if (!canEdit) return <EmptyState icon={<Plug size={20} aria-hidden />} title={t('notYours')} description={t('notYoursHint')} />
  return (
    <>
      <PageHeading title={t('title')} lead={t(canAdminister ? 'lead' : 'leadOfOthers')}>
        {extensions.data?.length !== 0 && add}
      </PageHeading>
      <List
        extensions={extensions}
        add={add}
        onChange={(extension) => setOpen({ what: 'change', extension })}
        onDelete={(extension) => setOpen({ what: 'delete', extension })}
      />
      {open?.what === 'create' && <ExtensionDialog onClose={close} />}
      {open?.what === 'change' && <ExtensionDialog extension={open.extension} onClose={close} />}
      {open?.what === 'delete' && <DeleteExtensionDialog extension={open.extension} onClose={close} />}
    </>
  )
}

interface ListProps {
  readonly extensions: UseQueryResult<readonly ApiExtension[]>
  readonly add: ReactNode
  readonly onChange: (extension: ApiExtension) => void
  readonly onDelete: (extension: ApiExtension) => void
}

function List({ extensions, add, ...actions }: ListProps) {
  const { t } = useTranslation('extensions')
  const errorText = useErrorText()
  if (extensions.isPending) return <Skeleton className="h-20" />
  if (extensions.isError) {
    const retry = () => void extensions.refetch()
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(extensions.error)} onRetry={retry} />
  }
  if (extensions.data.length === 0) {
    return <EmptyState icon={<Plug size={20} aria-hidden />} title={t('empty.title')} description={t('empty.lead')} action={add} />
  }
  return (
    <Card className="divide-y divide-line">
      {extensions.data.map((extension) => (
        <ExtensionItem key={extension.id} extension={extension} {...actions} />
      ))}
    </Card>
  )
}
