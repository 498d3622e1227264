import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { OverviewPage } from '../../overview/OverviewPage.tsx'
import { publishedVersionQuery } from './queries.ts'
import { readStartForm } from './start-form.ts'
import { NeverPublishedNotice } from './WorkflowPublishing.tsx'

/** The public page of a workflow: its form is that of the version that callers get. */
export function WorkflowOverview({ app }: { readonly app: App }) {
  const { data: published } = useQuery(publishedVersionQuery(useApi(), app.id))
  const variables = useMemo(() => (published === undefined ? undefined : published ? readStartForm(published.graph) : []), [published])
  return <OverviewPage notice={<NeverPublishedNotice app={app} />} variables={variables} />
}
