import { useTranslation } from 'react-i18next'
import type { ModelUsage } from '../../../api/types/usage.ts'
import { Cell, cx, HeaderCell, Table, TableHead, TableRow } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { ProviderIcon } from '../../models/ProviderIcon.tsx'
import { isCostUnknown, toLines, type UsageLine, usageTables } from './usage-lines.ts'
import type { UsageSearch } from './usage-search.ts'
import { useLineName } from './useLineName.ts'
import type { ModelNames } from './useModelNames.ts'

export interface UsageTablesProps {
  readonly usage: ModelUsage
  readonly names: ModelNames
  readonly onNarrow: (part: UsageSearch) => void
}

/** What cost most stands first; a name leads to what is only of it. */
export function UsageTables({ usage, names, onNarrow }: UsageTablesProps) {
  const { t } = useTranslation('usage')
  return usageTables
    .map((table) => ({ table, lines: toLines(usage, table, names) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ table, lines }) => (
      <section key={table} aria-label={t(`tables.${table}`)} className="mt-6">
        <h2 className="mb-2 text-l font-semibold">{t(`tables.${table}`)}</h2>
        <Table className="min-w-150">
          <TableHead>
            <HeaderCell className="w-full">{t(`filters.${filterOf[table]}`)}</HeaderCell>
            {columns.map((column) => (
              <HeaderCell key={column} className="text-right">
                {t(`columns.${column}`)}
              </HeaderCell>
            ))}
          </TableHead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.id} line={line} onNarrow={onNarrow} />
            ))}
          </tbody>
        </Table>
      </section>
    ))
}

const columns = ['calls', 'failed', 'input', 'output', 'cost'] as const
const filterOf = { models: 'model', apps: 'app', people: 'person', keys: 'key' } as const

function Line({ line, onNarrow }: { readonly line: UsageLine; readonly onNarrow: UsageTablesProps['onNarrow'] }) {
  const { t } = useTranslation('usage')
  const format = useFormat()
  const { narrows } = line
  const name = useLineName()(line)
  const told = {
    calls: format.number(line.calls),
    failed: format.number(line.failed_calls),
    input: format.number(line.prompt_tokens),
    output: format.number(line.completion_tokens),
    cost: isCostUnknown(line) ? t('unknown') : format.price(line.cost, 'USD'),
  }
  return (
    <TableRow>
      <Cell className="max-w-0">
        <div className={cx('flex min-w-0 gap-2', line.icon ? 'items-center' : 'items-baseline')}>
          {line.icon && <ProviderIcon {...line.icon} />}
          {narrows ? (
            <button
              type="button"
              title={t('onlyThis', { name })}
              className="min-w-0 truncate rounded-sm text-left font-medium hover:text-accent hover:underline"
              onClick={() => onNarrow(narrows)}
            >
              {name}
            </button>
          ) : (
            <span className="truncate text-ink-2">{name}</span>
          )}
          {line.note !== undefined && <span className="truncate text-s text-ink-3">{line.note}</span>}
        </div>
      </Cell>
      {columns.map((column) => (
        <Cell key={column} className="text-right font-mono text-s whitespace-nowrap">
          {told[column]}
        </Cell>
      ))}
    </TableRow>
  )
}
