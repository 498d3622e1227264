import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ApiExtension } from '../../../api/types/extensions.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { ConfirmDialog, useToast } from '../../../design/index.ts'
import { formatList } from '../../../i18n/format-list.ts'
import { extensionsQuery } from '../../extensions/queries.ts'

/** Tells who asks the extension before it goes. */
export function DeleteExtensionDialog({ extension, onClose }: { readonly extension: ApiExtension; readonly onClose: () => void }) {
  const { t } = useTranslation('extensions')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const remove = useMutation({
    mutationFn: () => api.extensions.delete(extension.id),
    onSuccess: () => {
      onClose()
      toast.success(t('delete.done'))
    },
    onError: (error) => toast.error(t('delete.failed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: extensionsQuery(api).queryKey }),
  })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('delete.title', { name: extension.name })}
      consequence={<Users extensionId={extension.id} />}
      confirmLabel={t('delete.confirm')}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}

const SHOWN = 8

/** Within a paragraph: names one after the other. */
function Users({ extensionId }: { readonly extensionId: string }) {
  const { t, i18n } = useTranslation('extensions')
  const api = useApi()
  const users = useQuery({
    // Not below the list's key: what is read anew once the extension is gone must not ask for its users.
    queryKey: ['extension-users', extensionId],
    queryFn: () => api.extensions.users(extensionId),
    staleTime: 0,
    gcTime: 0,
  })
  if (users.isPending) return t('delete.looking')
  if (users.isError) return t('delete.unknown')
  const { length } = users.data
  if (length === 0) return t('delete.unused')
  const names = users.data.slice(0, SHOWN).map(({ name }) => name)
  const more = length > SHOWN ? [t('delete.more', { count: length - SHOWN })] : []
  const list = formatList(i18n.language, [...names, ...more])
  return (
    <>
      {t('delete.users', { count: length })} <span className="font-medium wrap-anywhere text-ink">{list}</span>
    </>
  )
}
