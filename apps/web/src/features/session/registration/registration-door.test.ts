import { expect, it } from 'vitest'
import { offersRegistration, registrationObstacle } from './registration-door.ts'

const open = { is_allow_register: true, is_allow_create_workspace: true, is_email_setup: true, enable_email_password_login: true }

it.each([
  ['is open', {}, undefined, true],
  ['is shut by the operator', { is_allow_register: false }, 'byInvitation', false],
  ['is shut where nobody signs in by password', { enable_email_password_login: false }, 'byInvitation', false],
  ['is shut without mail', { is_email_setup: false }, 'noMail', false],
  ['is shown, and explained, where new accounts would get no workspace', { is_allow_create_workspace: false }, 'noWorkspace', true],
] as const)('registration %s', (_, change, obstacle, isOffered) => {
  const features = { ...open, ...change }
  expect(registrationObstacle(features)).toBe(obstacle)
  expect(offersRegistration(features)).toBe(isOffered)
})
