import type { Config } from '@trellis/config'
import type { systemFeaturesSchema } from '@trellis/contracts'
import type { z } from 'zod'

/** What this installation offers, as it is told to browsers before anyone signs in. */
export const systemFeaturesOf = ({ auth, mail, urls }: Pick<Config, 'auth' | 'mail' | 'urls'>) =>
  ({
    enable_email_code_login: mail !== undefined && auth.allowsCodeLogin,
    enable_email_password_login: auth.allowsPasswordLogin,
    enable_social_oauth_login: auth.signInProviders.length > 0,
    sign_in_providers: auth.signInProviders.map(({ id, name }) => ({ id, name })),
    files_url: urls.files ?? null,
    is_allow_register: auth.allowsRegistration,
    is_allow_create_workspace: auth.allowsWorkspaceCreation,
    is_email_setup: mail !== undefined,
    enable_change_email: mail !== undefined,
  }) satisfies z.input<typeof systemFeaturesSchema>

export type OfferedFeatures = ReturnType<typeof systemFeaturesOf>
