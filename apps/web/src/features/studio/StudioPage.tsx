import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { useSession } from '../session/useSession.ts'
import { PaletteButton } from '../shell/palette/PaletteButton.tsx'
import { TopBar } from '../shell/TopBar.tsx'
import { StudioContent } from './StudioContent.tsx'
import { type NewApp, readStudioSearch, type StudioSearch } from './studio-search.ts'
import { useOnceOpen } from './useOnceOpen.ts'

const CreateAppDialog = lazyDialog(
  () => import('./CreateAppDialog.tsx').then((module) => module.CreateAppDialog),
  ({ mode }) => mode !== null,
)
const ImportAppDialog = lazyDialog(
  () => import('./ImportAppDialog.tsx').then((module) => module.ImportAppDialog),
  ({ isOpen }) => isOpen,
)

/** All apps. The address keeps what narrows and orders them, and which dialog is open, so that it can be kept and sent. */
export function StudioPage() {
  const { t } = useTranslation('studio')
  const { canEdit } = useSession()
  const search = useSearch({ from: '/shell/apps' })
  const navigate = useNavigate()
  const change = (change: { readonly [K in keyof StudioSearch]?: StudioSearch[K] | undefined }, isStep = false) =>
    void navigate({ to: '/apps', search: (before) => readStudioSearch({ ...before, ...change }), replace: !isStep })
  const close = () => change({ new: undefined })
  const make = (what: NewApp) => change({ new: what }, true)
  const making = canEdit ? search.new : undefined
  const createMode = making === 'chat' || making === 'completion' ? making : null
  const isImporting = making === 'import'
  const hasCreated = useOnceOpen(createMode !== null)
  const hasImported = useOnceOpen(isImporting)
  return (
    <>
      <TopBar title={t('title')}>
        <PaletteButton />
      </TopBar>
      <main id="content" className="min-h-0 flex-1 overflow-auto px-8 py-7 max-sm:px-4 max-sm:py-5">
        <StudioContent search={search} onSearchChange={change} onMake={make} />
      </main>
      {hasCreated && <CreateAppDialog mode={createMode} onClose={close} />}
      {hasImported && <ImportAppDialog isOpen={isImporting} onClose={close} />}
    </>
  )
}
