import { useTranslation } from 'react-i18next'
import { Notice } from '../../design/index.ts'
import { formatList } from '../../i18n/format-list.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { type BatchSheet, MAX_ROWS, type SheetFault } from './batch-sheet.ts'

const MAX_SHOWN = 20

/** What is wrong with a file, by row and column; nothing where it is right. */
export function SheetFaults({ sheet: { faults } }: { readonly sheet: BatchSheet }) {
  const { t } = useTranslation('published')
  const format = useFormat()
  const textOf = useFaultText()
  if (faults.length === 0) return null
  return (
    <Notice tone="bad">
      <p className="font-medium">{t('batch.faulty')}</p>
      <ul className="mt-1 flex max-h-60 flex-col gap-1 overflow-y-auto">
        {faults.slice(0, MAX_SHOWN).map((fault) => (
          <li key={JSON.stringify(fault)} className="wrap-anywhere">
            {'line' in fault && (
              <span className="mr-1.5 font-mono text-s">
                {t('column' in fault ? 'batch.place' : 'batch.line', {
                  line: format.number(fault.line, { useGrouping: false }),
                  column: 'column' in fault ? fault.column : '',
                })}
              </span>
            )}
            {textOf(fault)}
          </li>
        ))}
        {faults.length > MAX_SHOWN && <li>{t('batch.moreFaults', { count: faults.length - MAX_SHOWN })}</li>}
      </ul>
    </Notice>
  )
}

function useFaultText(): (fault: SheetFault) => string {
  const { t, i18n } = useTranslation('published')
  const format = useFormat()
  return (fault) => {
    switch (fault.reason) {
      case 'tooManyRows':
        return t('batch.faults.tooManyRows', { count: fault.count, limit: format.number(MAX_ROWS) })
      case 'missingColumn':
      case 'doubleColumn':
        return t(`batch.faults.${fault.reason}`, { column: fault.column })
      case 'notOption':
        return t('batch.faults.notOption', {
          options: formatList(i18n.language, fault.options, { type: 'disjunction' }),
        })
      case 'tooLong':
      case 'tooManyFiles':
        return t(`batch.faults.${fault.reason}`, { count: fault.limit })
      default:
        return t(`batch.faults.${fault.reason}`)
    }
  }
}
