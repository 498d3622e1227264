import { useTranslation } from 'react-i18next'
import { Checkbox, Chip, TextField } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import type { EmbedValues } from './embed-code.ts'
import type { PassableValue } from './passable-values.ts'

export interface ValueListProps {
  readonly passable: readonly PassableValue[]
  /** Those that are passed in. */
  readonly values: EmbedValues
  readonly onChange: (values: EmbedValues) => void
}

/** What the page around can pass in, each with a value that stands in the code to copy. */
export function ValueList({ passable, values, onChange }: ValueListProps) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {passable.map((value) => (
        <ValueRow
          key={value.name}
          value={value}
          given={values[value.name]}
          onChange={(given) => {
            const { [value.name]: _, ...others } = values
            onChange(given === undefined ? others : { ...others, [value.name]: given })
          }}
        />
      ))}
    </ul>
  )
}

interface ValueRowProps {
  readonly value: PassableValue
  readonly given: string | undefined
  readonly onChange: (given: string | undefined) => void
}

function ValueRow({ value, given, onChange }: ValueRowProps) {
  const { t } = useTranslation('embed')
  const takes = useTakes(value)
  const label = value.label ?? t(`kinds.${value.kind}.label`)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-0 flex-1 basis-72">
        <Checkbox
          label={
            <>
              <span className="font-medium">{label}</span> <code className="ml-1 font-mono text-s text-ink-3">{value.name}</code>
              {value.isHidden && <Chip className="ml-2">{t('hidden')}</Chip>}
            </>
          }
          checked={given !== undefined}
          onCheckedChange={(isGiven) => onChange(isGiven ? value.example : undefined)}
        />
        <p className="mt-0.5 pl-6 text-s text-ink-2 wrap-anywhere">{takes}</p>
      </div>
      {given !== undefined && (
        <TextField
          aria-label={t('valueOf', { name: label })}
          className="flex-1 basis-56"
          isMono
          value={given}
          maxLength={value.maxLength}
          onValueChange={onChange}
        />
      )}
    </li>
  )
}

/** What may stand there, in words. */
function useTakes({ kind, maxLength, options }: PassableValue): string {
  const { t } = useTranslation('embed')
  const format = useFormat()
  if (kind === 'select') return t('kinds.select.takes', { options: options.join(' · ') })
  if (kind === 'text' && maxLength !== undefined) return t('kinds.text.takesAtMost', { count: maxLength, length: format.number(maxLength) })
  return t(`kinds.${kind}.takes`)
}
