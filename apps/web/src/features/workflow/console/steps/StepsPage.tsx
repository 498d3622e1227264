import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { cx, ErrorState, Skeleton } from '../../../../design/index.ts'
import { workflowDraftQuery } from '../queries.ts'
import { NodeMark } from '../trace/NodeMark.tsx'
import { type DraftNode, readDraftNodes } from './draft-nodes.ts'
import { StepPanel } from './StepPanel.tsx'

/** The nodes of the draft, each of which can be tried alone or as the beginning of a run. */
export function StepsPage({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const errorText = useErrorText()
  const draft = useQuery(workflowDraftQuery(useApi(), app.id))
  const nodes = useMemo(() => readDraftNodes(draft.data?.graph ?? {}), [draft.data])
  const { node: chosenId } = useSearch({ strict: false })
  const navigate = useNavigate()
  const chosen = nodes.find(({ id }) => id === chosenId) ?? nodes[0]
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-280 grid-cols-[minmax(200px,260px)_minmax(0,1fr)] gap-8 px-8 py-7 max-md:grid-cols-1 max-sm:px-4 max-sm:py-5">
        {draft.isPending && <Skeleton className="h-60" />}
        {draft.isError && (
          <ErrorState title={t('console.draftFailed')} message={errorText(draft.error)} onRetry={() => void draft.refetch()} />
        )}
        <nav aria-label={t('console.steps')} className={draft.data ? '' : 'hidden'}>
          <h2 className="text-2xl font-semibold tracking-tight">{t('console.steps')}</h2>
          <p className="mt-0.5 mb-4 text-ink-2">{t('parts.lead')}</p>
          <ul className="flex flex-col gap-0.5">
            {nodes.map((node) => (
              <NodeItem
                key={node.id}
                node={node}
                isChosen={node === chosen}
                onChoose={() => void navigate({ to: '.', search: { node: node.id } })}
              />
            ))}
          </ul>
        </nav>
        {chosen && <StepPanel key={chosen.id} app={app} node={chosen} />}
      </div>
    </main>
  )
}

interface NodeItemProps {
  readonly node: DraftNode
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function NodeItem({ node, isChosen, onChoose }: NodeItemProps) {
  return (
    <li>
      <button
        type="button"
        aria-current={isChosen || undefined}
        onClick={onChoose}
        className={cx(
          'flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-surface-2',
          isChosen && 'bg-surface-2 font-medium',
          node.isInner && 'pl-6',
        )}
      >
        <NodeMark type={node.type} />
        <span className="min-w-0 truncate">{node.title}</span>
      </button>
    </li>
  )
}
