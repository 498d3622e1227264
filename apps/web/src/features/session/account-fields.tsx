import { useTranslation } from 'react-i18next'
import { TextField } from '../../design/index.ts'
import { PasswordField } from './PasswordField.tsx'

interface EntryProps {
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly error: string | null
}

/** The longest name that `/setup` and `/activate` take. */
const MAX_NAME_LENGTH = 30

/** What whoever makes an account is called. */
export function NameField(props: EntryProps) {
  const { t } = useTranslation('account')
  return <TextField label={t('setup.name')} autoFocus autoComplete="name" required size="l" maxLength={MAX_NAME_LENGTH} {...props} />
}

/** The address of whoever signs in. */
export function EmailField(props: EntryProps) {
  const { t } = useTranslation('account')
  return <TextField label={t('signIn.email')} type="email" autoComplete="username" autoFocus required size="l" {...props} />
}

/** An address that is settled: that of an invitation, or one that was proven. */
export function GivenEmailField({ email }: { readonly email: string }) {
  const { t } = useTranslation('account')
  return (
    <TextField
      label={t('signIn.email')}
      type="email"
      autoComplete="username"
      size="l"
      value={email}
      onValueChange={() => undefined}
      readOnly
    />
  )
}

/** A password that is not set yet, with its rules. */
export function NewPasswordField(props: EntryProps & { readonly label: string }) {
  return <PasswordField autoComplete="new-password" size="l" hasRules {...props} />
}
