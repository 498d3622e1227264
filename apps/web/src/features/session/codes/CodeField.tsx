import { useTranslation } from 'react-i18next'
import { TextField } from '../../../design/index.ts'

const CODE_LENGTH = 6

/** Whether a code can be right: six digits, whatever was pasted around them. */
export const isCodeComplete = (code: string): boolean => code.length === CODE_LENGTH

/** The code of a letter; phones offer it by themselves. */
export function CodeField({ value, onValueChange }: { readonly value: string; readonly onValueChange: (code: string) => void }) {
  const { t } = useTranslation('account')
  return (
    <TextField
      label={t('code.label')}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      required
      size="l"
      isMono
      value={value}
      onValueChange={(text) => onValueChange(text.replaceAll(/\D/gu, '').slice(0, CODE_LENGTH))}
    />
  )
}
