import { AppIcon } from '../../design/index.ts'
import { fillOpening, fillStartedOpening } from '../../features/app/fill-opening.ts'
import { Markdown } from '../../features/chat/Markdown.tsx'
import { type InputValues, textValues } from '../../features/form/form-values.ts'
import { usePublishedApp } from '../published-app.ts'

export interface OpeningProps {
  /** What the conversation was opened with; null while there is none. */
  readonly introduction: string | null
  readonly values: InputValues
  /** What the conversation was begun with, where it has begun. */
  readonly startedWith: Readonly<Record<string, unknown>> | undefined
  readonly isFresh: boolean
}

/** How a conversation begins: the app's own first words, or its face where it has none. */
export function Opening({ introduction, values, startedWith, isFresh }: OpeningProps) {
  const { site, parameters } = usePublishedApp()
  const opening = parameters.opening_statement ?? ''
  const typed = textValues(values)
  const statement = startedWith
    ? fillStartedOpening(opening, { introduction, inputs: startedWith, names: Object.keys(typed) })
    : (introduction ?? fillOpening(opening, typed))
  if (statement.trim() !== '') return <Markdown text={statement} />
  if (!isFresh) return null
  return (
    <div className="m-auto flex max-w-100 flex-col items-center gap-1 py-10 text-center">
      <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} size="l" />
      <h2 className="mt-3 text-2xl font-semibold">{site.title}</h2>
      {site.description && <p className="text-l leading-normal text-ink-2 text-pretty">{site.description}</p>}
    </div>
  )
}
