import type { ProviderDefinition } from '@trellis/spec'
import type { FastifyReply } from 'fastify'

const MAX_AGE_SECONDS = 7 * 24 * 60 * 60

/** The provider's mark as the catalogue has it; kept by browsers for a week. */
export async function sendProviderIcon(
  reply: FastifyReply,
  { icon, iconDark }: ProviderDefinition,
  iconType: 'icon_small' | 'icon_small_dark' | 'icon_large',
): Promise<void> {
  await reply
    .header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`)
    // Opened as a page of its own, an icon may do nothing.
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .type('image/svg+xml')
    .send(iconType === 'icon_small_dark' ? (iconDark ?? icon) : icon)
}
