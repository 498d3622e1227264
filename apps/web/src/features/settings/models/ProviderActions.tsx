import { Ellipsis, KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '../../../api/types/models.ts'
import { Button, ConfirmDialog, IconButton, Menu } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import type { CredentialTarget } from './credential-target.ts'
import { keysOfProvider } from './owned-keys.ts'
import { needsKey, takesModels } from './provider-state.ts'
import { useRemoveKey } from './useRemoveKey.ts'

/** What an administrator does with a provider. Several keys have their actions beside them. */
export function ProviderActions({
  provider,
  onOpen,
}: {
  readonly provider: Provider
  readonly onOpen: (target: CredentialTarget) => void
}) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const [isConfirming, setConfirming] = useState(false)
  const owned = keysOfProvider(provider)
  const remove = useRemoveKey(owned, () => setConfirming(false), text(provider.label))
  const { currentId: current, keys } = owned
  const add = () => onOpen({ kind: 'provider', credentialId: null })
  return (
    <div className="flex shrink-0 gap-1.5">
      {takesModels(provider) && (
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => onOpen({ kind: 'new-model' })}>
          {t('models.addModel')}
        </Button>
      )}
      {needsKey(provider) && current === null && (
        <Button icon={<KeyRound size={14} aria-hidden />} onClick={add}>
          {t('models.addKey')}
        </Button>
      )}
      {current !== null && keys.length > 1 && (
        <Button icon={<KeyRound size={14} aria-hidden />} onClick={add}>
          {t('models.addKey')}
        </Button>
      )}
      {current !== null && keys.length === 1 && (
        <Menu
          trigger={
            <IconButton label={t('more', { ns: 'common' })} isTooltipHidden>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
          groups={[
            [
              {
                label: t('models.replaceKey'),
                icon: <KeyRound size={14} aria-hidden />,
                onSelect: () => onOpen({ kind: 'provider', credentialId: current }),
              },
              { label: t('models.addAnotherKey'), icon: <Plus size={14} aria-hidden />, onSelect: add },
            ],
            [
              {
                label: t('models.removeKey'),
                icon: <Trash2 size={14} aria-hidden />,
                isDestructive: true,
                onSelect: () => setConfirming(true),
              },
            ],
          ]}
        />
      )}
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('models.confirmRemove.title', { provider: text(provider.label) })}
        consequence={t('models.confirmRemove.consequence')}
        confirmLabel={t('models.confirmRemove.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => current !== null && remove.mutate(current)}
      />
    </div>
  )
}
