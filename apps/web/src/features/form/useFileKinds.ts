import { useTranslation } from 'react-i18next'
import { formatList } from '../../i18n/format-list.ts'
import type { FileRules } from './file-rules.ts'

/** The kinds of files that are taken, in a row; `within` a sentence or by themselves. */
export function useFileKinds({ types, extensions }: FileRules, place: 'types' | 'within' = 'types'): string {
  const { t, i18n } = useTranslation('chat')
  if (types.includes('custom') && extensions.length === 0) return t('files.types.custom')
  const kinds = types.flatMap((type) =>
    type === 'custom' ? extensions.map((extension) => `.${extension}`) : [t(`files.${place}.${type}`)],
  )
  return formatList(i18n.language, kinds, { type: 'disjunction', style: 'short' })
}
