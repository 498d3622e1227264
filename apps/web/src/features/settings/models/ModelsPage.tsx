import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, ErrorState, Notice, Skeleton, TextField } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { providersQuery } from '../../models/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { DefaultModels } from './DefaultModels.tsx'
import { ProviderCard } from './ProviderCard.tsx'
import { findAnyServer, matchesSearch } from './provider-search.ts'
import { hasRestingKey, isReady } from './provider-state.ts'

const RESTING_POLL_MS = 10_000

export function ModelsPage() {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const { canAdminister } = useSession()
  const [search, setSearch] = useState('')
  const providers = useQuery({
    ...providersQuery(useApi()),
    // Keys that rest wake up by themselves.
    refetchInterval: ({ state }) => (state.data?.some(hasRestingKey) ? RESTING_POLL_MS : false),
  })
  return (
    <>
      <PageHeading title={t('models.title')} lead={t('models.lead')}>
        <TextField
          type="search"
          aria-label={t('models.search')}
          placeholder={t('models.search')}
          leading={<Search size={14} aria-hidden />}
          className="w-56 max-sm:w-full"
          value={search}
          onValueChange={setSearch}
        />
      </PageHeading>
      {!canAdminister && (
        <Notice tone="info" className="mb-4">
          {t('models.needsAdmin')}
        </Notice>
      )}
      {providers.isPending && <ProvidersSkeleton />}
      {providers.isError && (
        <ErrorState
          title={t('loadFailed', { ns: 'common' })}
          message={errorText(providers.error)}
          onRetry={() => void providers.refetch()}
        />
      )}
      {providers.data && <ProviderLists providers={providers.data} search={search} onSearch={setSearch} />}
    </>
  )
}

interface ProviderListsProps {
  readonly providers: readonly Provider[]
  readonly search: string
  readonly onSearch: (search: string) => void
}

function ProviderLists({ providers, search, onSearch }: ProviderListsProps) {
  const { t } = useTranslation('settings')
  const { canAdminister } = useSession()
  const found = providers.filter((provider) => matchesSearch(provider, search))
  const groups = [
    { key: 'readyTitle', items: found.filter(isReady) },
    // Who may add none need not read what there is to add.
    { key: 'availableTitle', items: canAdminister ? found.filter((provider) => !isReady(provider)) : [] },
  ] as const
  return (
    <div className="flex flex-col gap-6">
      {search.trim() === '' && <DefaultModels />}
      {groups.every(({ items }) => items.length === 0) && search.trim() !== '' && (
        <NothingFound anyServer={canAdminister ? findAnyServer(providers) : undefined} onSearch={onSearch} />
      )}
      {groups
        .filter((group) => group.items.length > 0)
        .map((group) => (
          <section key={group.key} aria-label={t(`models.${group.key}`)}>
            <h2 className="mb-2 text-s font-medium text-ink-3">{t(`models.${group.key}`)}</h2>
            <div className="flex flex-col gap-2.5">
              {group.items.map((provider) => (
                <ProviderCard key={provider.provider} provider={provider} />
              ))}
            </div>
          </section>
        ))}
    </div>
  )
}

/** What has no name here may still be added: as any server of its protocol. */
function NothingFound({ anyServer, onSearch }: { readonly anyServer: Provider | undefined; readonly onSearch: (search: string) => void }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const name = anyServer && text(anyServer.label)
  return (
    <div className="flex flex-col items-center gap-3 py-8 text-center text-ink-2">
      <p>{t('models.nothingFound')}</p>
      {name && (
        <>
          <p>{t('models.anyServer', { name })}</p>
          <Button onClick={() => onSearch(name)}>{t('models.showAnyServer', { name })}</Button>
        </>
      )}
    </div>
  )
}

function ProvidersSkeleton() {
  return (
    <div className="flex flex-col gap-2.5">
      {['a', 'b', 'c', 'd'].map((key) => (
        <Skeleton key={key} className="h-22" />
      ))}
    </div>
  )
}
