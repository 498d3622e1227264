import { Check, Circle, Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, TextField } from '../../design/index.ts'
import { checkPassword } from './password-rules.ts'

export interface PasswordFieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly autoComplete: 'current-password' | 'new-password'
  readonly error?: string | null | undefined
  readonly size?: 'm' | 'l'
  readonly hasRules?: boolean
}

export function PasswordField({ label, hint, value, onValueChange, autoComplete, error, size = 'm', hasRules }: PasswordFieldProps) {
  const { t } = useTranslation('account')
  const [isVisible, setVisible] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <div className="relative">
        <TextField
          label={label}
          hint={hint}
          type={isVisible ? 'text' : 'password'}
          autoComplete={autoComplete}
          required
          size={size}
          value={value}
          onValueChange={onValueChange}
          error={error}
        />
        <IconButton
          label={isVisible ? t('hidePassword') : t('showPassword')}
          size="s"
          className={cx('absolute right-1', size === 'l' ? 'top-7.25' : 'top-6.5')}
          aria-pressed={isVisible}
          onClick={() => setVisible(!isVisible)}
        >
          {isVisible ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
        </IconButton>
      </div>
      {hasRules && <PasswordRules password={value} />}
    </div>
  )
}

function PasswordRules({ password }: { readonly password: string }) {
  const { t } = useTranslation('account')
  const state = checkPassword(password)
  return (
    <ul aria-label={t('rules.label')} className="flex flex-wrap gap-x-4 gap-y-1 text-s">
      {(['length', 'letter', 'digit'] as const).map((rule) => (
        <li key={rule} className={cx('flex items-center gap-1.5', state[rule] ? 'text-ok' : 'text-ink-3')}>
          {state[rule] ? <Check size={12} strokeWidth={3} aria-hidden /> : <Circle size={8} className="mx-0.5" aria-hidden />}
          {t(`rules.${rule}`)}
        </li>
      ))}
    </ul>
  )
}
