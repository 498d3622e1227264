import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { buttonClass, Notice } from '../../../design/index.ts'

/** What a paused run waits for, with the way to the forms that may be answered in somebody's stead. */
export function PausedNotice({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const pause = useQuery({ queryKey: ['workflow-pause', runId], queryFn: () => api.workflows.pause(runId) })
  const nodes = pause.data?.paused_nodes ?? []
  if (nodes.length === 0) return <Notice tone="info">{t('pausedHint')}</Notice>
  return (
    <>
      {nodes.map(({ node_id: id, node_title: title, pause_type: { backstage_input_url: url } }) => (
        <Notice
          key={id}
          tone="info"
          action={
            url !== null && (
              <a href={url} target="_blank" rel="noopener noreferrer" className={buttonClass({ size: 's' })}>
                {t('form.open')}
              </a>
            )
          }
        >
          {t('form.waitingFor', { title })}
        </Notice>
      ))}
    </>
  )
}
