import { type PointerEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../design/index.ts'
import { linePath, lonePoints, middleOf, roundUp } from './chart-scale.ts'
import type { FigureChart, FigureSeries } from './figure-charts.ts'

/** A stretch of time in a chart. */
export interface Place {
  /** Unix seconds. */
  readonly start: number
  /** When it begins, as it is shown. */
  readonly text: string
}

export interface TimeChartProps {
  readonly chart: FigureChart
  /** What it is called, for those who do not see it. */
  readonly label: string
  readonly places: readonly Place[]
  readonly format: (value: number) => string
}

const strokes = ['stroke-accent', 'stroke-logic']
const dots = ['bg-accent', 'bg-logic']

/** Values over time, the window before as a dashed line behind; what a place holds is told where one points. */
export function TimeChart({ chart, label, places, format }: TimeChartProps) {
  const [pointedAt, setPointedAt] = useState<number | null>(null)
  const known = chart.series.flatMap(({ values, before }) => [...values, ...before]).filter((value) => value !== null)
  const highest = chart.unit === 'share' ? 1 : roundUp(Math.max(0, ...known))
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setPointedAt(Math.min(places.length - 1, Math.max(0, Math.floor((places.length * (event.clientX - left)) / width))))
  }
  return (
    <figure aria-label={label} className="m-0">
      <div aria-hidden className="mb-1.5 text-right font-mono text-xs text-ink-3">
        {format(highest)}
      </div>
      <div className="relative h-26 border-b border-line-2" onPointerMove={point} onPointerLeave={() => setPointedAt(null)}>
        <div aria-hidden className="absolute inset-x-0 top-0 border-t border-dashed border-line" />
        <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full overflow-visible">
          {pointedAt !== null && (
            <rect x={(100 * pointedAt) / places.length} width={100 / places.length} y={0} height={100} className="fill-surface-3" />
          )}
          {chart.series.map((series, position) => (
            <Series
              key={series.name}
              series={series}
              places={places}
              kind={chart.kind}
              highest={highest}
              stroke={strokes[position] ?? ''}
            />
          ))}
        </svg>
        {pointedAt !== null && <PlaceNote chart={chart} places={places} position={pointedAt} format={format} />}
      </div>
      <div aria-hidden className="mt-1 flex justify-between font-mono text-xs text-ink-3">
        <span>{places[0]?.text}</span>
        <span>{places.length > 1 && places.at(-1)?.text}</span>
      </div>
      <ValueTable chart={chart} label={label} places={places} format={format} />
    </figure>
  )
}

interface SeriesProps {
  readonly places: readonly Place[]
  readonly series: FigureSeries
  readonly kind: FigureChart['kind']
  readonly highest: number
  readonly stroke: string
}

const line = { fill: 'none', strokeLinecap: 'round', strokeLinejoin: 'round', vectorEffect: 'non-scaling-stroke' } as const

function Series({ series: { values, before }, places, kind, highest, stroke }: SeriesProps): ReactNode {
  const width = Math.min(70 / places.length, 8)
  return (
    <>
      {kind === 'bars' ? (
        places.map(({ start }, position) => (
          <rect
            key={start}
            x={middleOf(position, places.length) - width / 2}
            width={width}
            y={100 - (100 * (values[position] ?? 0)) / highest}
            height={(100 * (values[position] ?? 0)) / highest}
            className="fill-accent"
          />
        ))
      ) : (
        <>
          <path d={linePath(values, highest)} strokeWidth={2} className={stroke} {...line} />
          <path d={lonePoints(values, highest)} strokeWidth={7} className={stroke} {...line} />
        </>
      )}
      <path
        d={linePath(before.slice(0, values.length), highest)}
        strokeWidth={1.25}
        strokeDasharray="3 4"
        className={kind === 'bars' ? 'stroke-ink-3' : `${stroke} opacity-60`}
        {...line}
      />
    </>
  )
}

interface PlaceNoteProps extends Omit<TimeChartProps, 'label'> {
  readonly position: number
}

/** Stands on the side with more room. */
function PlaceNote({ chart, places, position, format }: PlaceNoteProps) {
  const { t } = useTranslation('monitoring')
  const place = middleOf(position, places.length)
  const told = (value: number | null | undefined) => (value === null || value === undefined ? '–' : format(value))
  return (
    <div
      aria-hidden
      className="popup-frame pointer-events-none absolute top-2 z-10 min-w-32 px-2.5 py-2 text-s whitespace-nowrap"
      style={place > 50 ? { right: `calc(${100 - place}% + 10px)` } : { left: `calc(${place}% + 10px)` }}
    >
      <div className="mb-1 text-ink-3">{places[position]?.text}</div>
      {chart.series.map(({ name, values, before }, index) => (
        <div key={name} className="grid grid-cols-[auto_1fr_auto] items-center gap-x-1.5">
          <span className={cx('size-2 rounded-[2px]', dots[index])} />
          <span className="text-ink-2">{t(`figures.${name}`)}</span>
          <span className="pl-3 text-right font-mono">{told(values[position])}</span>
          <span className="col-start-2 text-ink-3">{t('before')}</span>
          <span className="pl-3 text-right font-mono text-ink-3">{told(before[position])}</span>
        </div>
      ))}
    </div>
  )
}

function ValueTable({ chart, label, places, format }: TimeChartProps) {
  const { t } = useTranslation('monitoring')
  return (
    <table className="sr-only">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('time')}</th>
          {chart.series.map(({ name }) => (
            <th key={name} scope="col">
              {t(`figures.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map(({ start, text }, position) => (
          <tr key={start}>
            <th scope="row">{text}</th>
            {chart.series.map(({ name, values }) => {
              const value = values[position]
              return <td key={name}>{value === null || value === undefined ? '–' : format(value)}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
