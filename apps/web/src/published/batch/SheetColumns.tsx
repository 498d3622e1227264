import { useTranslation } from 'react-i18next'
import type { FormVariable } from '../../features/app/user-input-form.ts'
import { readFileRules } from '../../features/form/file-rules.ts'
import { formatList } from '../../i18n/format-list.ts'
import { readCell } from './batch-cell.ts'

/** What each column takes. Told here and not in a row of the template: that one would be run with the others. */
export function SheetColumns({ variables }: { readonly variables: readonly FormVariable[] }) {
  const { t } = useTranslation('published')
  const textOf = useColumnText()
  return (
    <div>
      <h2 className="font-medium">{t('batch.columns')}</h2>
      <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        {variables.map((variable) => (
          <div key={variable.variable} className="contents">
            <dt className="max-w-40 wrap-anywhere">{variable.label}</dt>
            <dd className="wrap-anywhere text-ink-2">{textOf(variable)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function useColumnText(): (variable: FormVariable) => string {
  const { t, i18n } = useTranslation('published')
  return (variable) => {
    const takes = takenBy(variable)
    // Empty cells are the field's default, where it has one.
    return readCell(variable, undefined).fault ? takes : t('batch.takes.orNothing', { takes })
  }

  function takenBy(variable: FormVariable): string {
    switch (variable.type) {
      case 'text-input':
      case 'paragraph':
        return variable.maxLength === undefined ? t('batch.takes.text') : t('batch.takes.textUpTo', { count: variable.maxLength })
      case 'select':
        return formatList(i18n.language, variable.options, { type: 'disjunction' })
      case 'number':
        return t('batch.takes.number')
      case 'checkbox':
        return formatList(i18n.language, ['true', 'false'], { type: 'disjunction' })
      case 'json_object':
        return t('batch.takes.json')
      case 'file':
        return t('batch.takes.file')
      case 'file-list':
        return t('batch.takes.files', { count: readFileRules(variable).maxCount })
    }
  }
}
