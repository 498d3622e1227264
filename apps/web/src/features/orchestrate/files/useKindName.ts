import type { FileType } from '@trellis/contracts'
import { useTranslation } from 'react-i18next'
import { formatList } from '../../../i18n/format-list.ts'

/** What a kind of files is called in an editor. Endings are told with the kind that they make up, where nothing else shows them. */
export function useKindName(extensions: readonly string[]): (kind: FileType) => string {
  const { t, i18n } = useTranslation(['orchestrate', 'chat'])
  return (kind) => {
    if (kind !== 'custom') return t(`chat:files.types.${kind}`)
    if (extensions.length === 0) return t('files.other')
    return t('files.otherNamed', {
      extensions: formatList(
        i18n.language,
        extensions.map((extension) => `.${extension}`),
      ),
    })
  }
}
