import type { App } from '../../api/types/apps.ts'

/** Where published apps stand, without a slash at its end. */
export const publishedBase = ({ site }: Pick<App, 'site'>): string => site?.app_base_url?.replace(/\/$/u, '') ?? ''

/** The kind of page that an app has. */
export const publishedPage = (mode: App['mode']): 'chat' | 'completion' | 'workflow' =>
  mode === 'completion' || mode === 'workflow' ? mode : 'chat'

/** The address of an app's public page. */
export function siteAddress(app: Pick<App, 'mode' | 'site'>): string {
  return app.site?.app_base_url ? `${publishedBase(app)}/${publishedPage(app.mode)}/${app.site.code}` : ''
}
