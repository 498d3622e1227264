import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { ErrorState, Notice, Skeleton, TextField } from '../../../design/index.ts'
import { providersQuery } from '../../models/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { DefaultModels } from './DefaultModels.tsx'
import { ProviderCard } from './ProviderCard.tsx'
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
      {providers.data && (
        <ProviderLists providers={providers.data.filter((provider) => matches(provider, search))} hasSearch={search.trim() !== ''} />
      )}
    </>
  )
}

function matches(provider: Provider, search: string): boolean {
  const names = [provider.provider, provider.label.en_US, provider.label.zh_Hans ?? '']
  return names.some((name) => name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()))
}

function ProviderLists({ providers, hasSearch }: { readonly providers: readonly Provider[]; readonly hasSearch: boolean }) {
  const { t } = useTranslation('settings')
  const groups = [
    { key: 'readyTitle', items: providers.filter(isReady) },
    { key: 'availableTitle', items: providers.filter((provider) => !isReady(provider)) },
  ] as const
  return (
    <div className="flex flex-col gap-6">
      {!hasSearch && <DefaultModels />}
      {providers.length === 0 && <p className="py-8 text-center text-ink-2">{t('models.nothingFound')}</p>}
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

function ProvidersSkeleton() {
  return (
    <div className="flex flex-col gap-2.5">
      {['a', 'b', 'c', 'd'].map((key) => (
        <Skeleton key={key} className="h-22" />
      ))}
    </div>
  )
}
