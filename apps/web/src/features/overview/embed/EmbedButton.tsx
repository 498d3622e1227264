import { CodeXml } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../design/index.ts'
import { lazyDialog } from '../../../lazy-dialog.tsx'
import { useApp } from '../../app/app-context.ts'
import type { FormVariable } from '../../app/user-input-form.ts'

const EmbedDialog = lazyDialog(() => import('./EmbedDialog.tsx').then((module) => module.EmbedDialog))

/** Opens the code that puts the app onto other pages. */
export function EmbedButton({ variables }: { readonly variables: readonly FormVariable[] | undefined }) {
  const { t } = useTranslation('overview')
  const { app } = useApp()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon={<CodeXml size={14} aria-hidden />} isBusy={isOpen && variables === undefined} onClick={() => setOpen(true)}>
        {t('embed')}
      </Button>
      {isOpen && variables !== undefined && <EmbedDialog app={app} variables={variables} onClose={() => setOpen(false)} />}
    </>
  )
}
