import type { Postbox } from '../mail/index.ts'

const HOUR_MS = 3_600_000

/** Invitations that go out by mail, beside the links that the caller gets. */
export interface InvitationMail {
  readonly inviter: string
  readonly workspace: string
  /** For those who have no account, which would tell theirs. */
  readonly language: string
  readonly invitations: readonly { readonly email: string; readonly url: string }[]
}

/** Without mail the links are all there is. */
export function createInvitationMail({ mail, lifetimeMs }: { readonly mail: Postbox; readonly lifetimeMs: number }) {
  return async ({ inviter, workspace, language, invitations }: InvitationMail): Promise<void> => {
    if (!mail.isConfigured) return
    for (const { email, url } of invitations) {
      const letter = { kind: 'invitation', workspace, inviter, url, hours: Math.round(lifetimeMs / HOUR_MS) } as const
      await mail.post({ to: email, letter, language })
    }
  }
}
