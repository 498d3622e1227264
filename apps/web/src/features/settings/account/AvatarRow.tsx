import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ImageUp } from 'lucide-react'
import { type ChangeEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Avatar, Button, buttonClass, Notice, Spinner } from '../../../design/index.ts'
import { profileQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from '../members/queries.ts'

const PICTURES = 'image/png,image/jpeg,image/webp,image/gif'

export function AvatarRow() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const id = useId()
  const { account } = useSession()
  const change = useMutation({
    async mutationFn(file: File | null) {
      if (file === null) return api.account.setAvatar(null)
      // Renews the session where it has to be; the upload itself cannot.
      await api.files.limits()
      return api.account.setAvatar(await api.files.upload(file, { signal: new AbortController().signal, onProgress: () => {} }))
    },
    onSuccess(updated) {
      queryClient.setQueryData(profileQuery(api).queryKey, updated)
      void queryClient.invalidateQueries({ queryKey: membersQuery(api).queryKey })
    },
  })
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    // The same file may be chosen again after a failure.
    event.target.value = ''
    if (file) change.mutate(file)
  }
  return (
    <div>
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={account.name} url={account.avatar_url} size="xl" />
        <input id={id} type="file" accept={PICTURES} className="peer sr-only" onChange={onChange} disabled={change.isPending} />
        <label
          htmlFor={id}
          className={`${buttonClass()} cursor-pointer gap-1.5 peer-focus-visible:outline-2 peer-focus-visible:outline-focus`}
        >
          {change.isPending ? <Spinner /> : <ImageUp size={14} aria-hidden />}
          {t('account.picture.upload')}
        </label>
        {account.avatar !== null && (
          <Button variant="ghost" disabled={change.isPending} onClick={() => change.mutate(null)}>
            {t('account.picture.remove')}
          </Button>
        )}
      </div>
      {change.error && (
        <Notice tone="bad" className="mt-2">
          {errorText(change.error)}
        </Notice>
      )}
    </div>
  )
}
