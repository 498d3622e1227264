import { ArrowRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppNeeds } from '../../../api/workflows-api.ts'
import { Chip } from '../../../design/index.ts'
import { formatList } from '../../../i18n/format-list.ts'
import { ModelPicker } from '../../models/ModelPicker.tsx'
import { type ModelName, missingThings, modelKey, type NeededModel, unreadyModels } from './needs.ts'

export interface NeedsListProps {
  readonly needs: AppNeeds
  /** What is put in the place of models that are not ready. */
  readonly bindings: ReadonlyMap<string, ModelName>
  readonly onBind: (needed: NeededModel, model: ModelName) => void
}

/** What an app's nodes need and the workspace does not have. Models can be replaced here; the rest is told. */
export function NeedsList({ needs, bindings, onBind }: NeedsListProps) {
  const { t } = useTranslation('studio')
  const models = unreadyModels(needs)
  const things = missingThings(needs)
  return (
    <>
      {models.length > 0 && (
        <section aria-label={t('needs.models')} className="flex flex-col gap-2">
          <h3 className="text-s font-medium text-ink-2">{t('needs.models')}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {models.map((needed) => (
              <ModelNeed key={modelKey(needed)} needed={needed} bound={bindings.get(modelKey(needed))} onBind={onBind} />
            ))}
          </ul>
        </section>
      )}
      {things.length > 0 && (
        <section aria-label={t('needs.missing')} className="flex flex-col gap-2">
          <h3 className="text-s font-medium text-ink-2">{t('needs.missing')}</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {things.map(({ kind, name, nodes }) => (
              <li key={`${kind} ${name} ${nodes.join()}`} className="flex items-start gap-2.5 px-3 py-2">
                <Chip tone="warn" className="mt-0.5">
                  {t(`needs.kinds.${kind}`)}
                </Chip>
                <div className="min-w-0">
                  <p className="font-mono text-s wrap-anywhere">{name}</p>
                  <NodeNames names={nodes} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

interface ModelNeedProps {
  readonly needed: NeededModel
  readonly bound: ModelName | undefined
  readonly onBind: NeedsListProps['onBind']
}

function ModelNeed({ needed, bound, onBind }: ModelNeedProps) {
  const { t } = useTranslation('studio')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-2.5 px-3 py-2 max-sm:grid-cols-1">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium wrap-anywhere">{needed.model || t('needs.noModel')}</span>
          {needed.model !== '' && <Chip tone="warn">{t(`needs.status.${needed.status}`)}</Chip>}
        </p>
        {needed.provider !== '' && (
          <p className="truncate text-s text-ink-3" title={needed.provider}>
            {needed.provider}
          </p>
        )}
        <NodeNames names={needed.nodes.map(({ id, title }) => title || id)} />
      </div>
      <ArrowRight size={14} aria-hidden className="text-ink-3 max-sm:hidden" />
      <ModelPicker
        type="llm"
        provider={bound?.provider ?? ''}
        model={bound?.model ?? ''}
        label={t('needs.replaceBy', { model: needed.model || t('needs.noModel') })}
        onChoose={({ provider, model }) => onBind(needed, { provider: provider.provider, model: model.model })}
      />
    </li>
  )
}

function NodeNames({ names }: { readonly names: readonly string[] }) {
  const { t, i18n } = useTranslation('studio')
  if (names.length === 0) return null
  return <p className="text-s text-ink-3">{t('needs.neededBy', { nodes: formatList(i18n.language, names) })}</p>
}
