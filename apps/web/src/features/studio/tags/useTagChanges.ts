import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AppSummary } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useToast } from '../../../design/index.ts'
import { invalidateApps, tagsQuery } from '../queries.ts'

/** What is done to tags; lists of tags and apps follow. */
export function useTagChanges() {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const shared = {
    onError: (error: unknown) => toast.error(t('failed'), errorText(error)),
    onSettled: () => Promise.all([queryClient.invalidateQueries({ queryKey: tagsQuery(api).queryKey }), invalidateApps(queryClient)]),
  }
  const create = useMutation({
    mutationFn: async ({ name, app }: { name: string; app: AppSummary | undefined }) => {
      const tag = await api.tags.create(name)
      if (app) await api.tags.bind(app.id, tag.id)
    },
    ...shared,
  })
  const rename = useMutation({ mutationFn: ({ id, name }: { id: string; name: string }) => api.tags.rename(id, name), ...shared })
  const remove = useMutation({ mutationFn: (id: string) => api.tags.remove(id), ...shared })
  const bind = useMutation({
    mutationFn: ({ appId, tagId, isBound }: { appId: string; tagId: string; isBound: boolean }) =>
      isBound ? api.tags.bind(appId, tagId) : api.tags.unbind(appId, tagId),
    ...shared,
  })
  return { create, rename, remove, bind }
}
