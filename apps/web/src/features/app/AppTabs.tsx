import { Link } from '@tanstack/react-router'
import type { App } from '../../api/types/apps.ts'
import { tabClass } from '../../design/index.ts'
import { pagesOfApps, useAppPageLabels } from './app-pages.ts'

export function AppTabs({ app }: { readonly app: App }) {
  const labels = useAppPageLabels(app.mode)
  return pagesOfApps[app.mode].map((page) => (
    <Link key={page} to={`/app/$id/${page}`} params={{ id: app.id }} className={tabClass} activeProps={{ 'data-active': true }}>
      {labels[page]}
    </Link>
  ))
}
