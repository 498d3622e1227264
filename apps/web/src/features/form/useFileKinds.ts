import { useTranslation } from 'react-i18next'
import type { FileRules } from './file-rules.ts'

/** The kinds of files that are taken, in a row. */
export function useFileKinds({ types, extensions }: FileRules): string {
  const { t, i18n } = useTranslation('chat')
  if (types.includes('custom') && extensions.length === 0) return t('files.types.custom')
  const kinds = types.flatMap((type) => (type === 'custom' ? extensions.map((extension) => `.${extension}`) : [t(`files.types.${type}`)]))
  return new Intl.ListFormat(i18n.language, { type: 'disjunction', style: 'short' }).format(kinds)
}
