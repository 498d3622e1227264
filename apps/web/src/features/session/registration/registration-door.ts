import type { SystemFeatures } from '../../../api/types/account.ts'

/** Why nobody makes an account by themselves. */
export type RegistrationObstacle = 'byInvitation' | 'noMail' | 'noWorkspace'

export type RegistrationFeatures = Pick<
  SystemFeatures,
  'is_allow_register' | 'is_allow_create_workspace' | 'is_email_setup' | 'enable_email_password_login'
>

/** Undefined: the door is open. */
export function registrationObstacle(features: RegistrationFeatures): RegistrationObstacle | undefined {
  if (!features.is_allow_register || !features.enable_email_password_login) return 'byInvitation'
  if (!features.is_email_setup) return 'noMail'
  return features.is_allow_create_workspace ? undefined : 'noWorkspace'
}

/** Whether the way there is shown. Where workspaces are missing it is, and the page explains it: the operator meant to open it. */
export function offersRegistration(features: RegistrationFeatures): boolean {
  const obstacle = registrationObstacle(features)
  return obstacle === undefined || obstacle === 'noWorkspace'
}
