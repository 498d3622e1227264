import type { App } from '../../api/types/apps.ts'

/** The address of an app's public page. */
export function siteAddress(app: Pick<App, 'mode' | 'site'>): string {
  if (!app.site?.app_base_url) return ''
  const page = app.mode === 'completion' || app.mode === 'workflow' ? app.mode : 'chat'
  return `${app.site.app_base_url.replace(/\/$/u, '')}/${page}/${app.site.code}`
}
