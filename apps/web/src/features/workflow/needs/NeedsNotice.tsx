import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { Button, Notice } from '../../../design/index.ts'
import { NeedsDialog } from './NeedsDialog.tsx'
import { countUnmet } from './needs.ts'
import { needsQuery } from './useNeeds.ts'

/** Says beside the draft that it needs what is not here; nothing where it has all. */
export function NeedsNotice({ appId }: { readonly appId: string }) {
  const { t } = useTranslation('studio')
  const needs = useQuery(needsQuery(useApi(), appId))
  const [isOpen, setOpen] = useState(false)
  const count = needs.data ? countUnmet(needs.data) : 0
  if (count === 0) return null
  return (
    <>
      <Notice
        tone="warn"
        action={
          <Button size="s" onClick={() => setOpen(true)}>
            {t('needs.look')}
          </Button>
        }
      >
        {t('needs.notice', { count })}
      </Notice>
      {isOpen && <NeedsDialog appId={appId} onClose={() => setOpen(false)} />}
    </>
  )
}
