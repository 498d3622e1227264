import { CodeXml } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../design/index.ts'
import { useApp } from '../../app/app-context.ts'
import type { FormVariable } from '../../app/user-input-form.ts'

const EmbedDialog = lazy(async () => ({ default: (await import('./EmbedDialog.tsx')).EmbedDialog }))

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
      {isOpen && variables !== undefined && (
        <Suspense>
          <EmbedDialog app={app} variables={variables} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
