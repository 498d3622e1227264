import type { WebSite } from '@trellis/contracts'

/** The address of the tab's icon: the app's picture, or its emoji drawn. */
function iconAddress(site: WebSite['site']): string | undefined {
  if (site.icon_type === 'image' || site.icon_type === 'link') return site.icon_url ?? undefined
  if (!site.icon) return undefined
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><text x="16" y="17" font-size="26" text-anchor="middle" dominant-baseline="central">${escapeXml(site.icon)}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Title and icon of the browser's tab. */
export function showInTab(site: WebSite['site']): void {
  document.title = site.title
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const address = iconAddress(site)
  if (!link || address === undefined) return
  link.href = address
  if (!address.startsWith('data:')) link.removeAttribute('type')
}
