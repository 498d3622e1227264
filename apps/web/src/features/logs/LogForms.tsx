import type { HumanInputContent } from '@trellis/contracts'
import { ClipboardList } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LogMessage } from '../../api/types/conversations.ts'
import { Chip } from '../../design/index.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { readFormContent, splitContent } from '../human-input/waiting-form.ts'

/** What people were asked while an answer was written, and what they said. */
export function LogForms({ turn }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  if (turn.extra_contents.length === 0) return null
  return (
    <ul aria-label={t('detail.forms')} className="flex flex-col gap-2">
      {withKeys(turn.extra_contents).map(({ key, content }) => (
        <li key={key} className="rounded-md border border-line px-3.5 py-2.5">
          <LoggedForm content={content} isWaiting={turn.status === 'paused'} />
        </li>
      ))}
    </ul>
  )
}

/** A submitted form has no id of its own, and a node may ask several times: they are told apart by how often it did. */
const withKeys = (contents: readonly HumanInputContent[]) =>
  contents.map((content, position) => {
    const nodeOf = ({ form_submission_data: said, form_definition: asked }: HumanInputContent) => (said ?? asked)?.node_id
    const earlier = contents.slice(0, position).filter((other) => nodeOf(other) === nodeOf(content))
    return { key: `${nodeOf(content)} ${earlier.length}`, content }
  })

interface LoggedFormProps {
  readonly content: HumanInputContent
  /** The answer still waits for somebody. */
  readonly isWaiting: boolean
}

function LoggedForm({ content: { form_definition: asked, form_submission_data: said }, isWaiting }: LoggedFormProps) {
  const { t } = useTranslation('logs')
  return (
    <>
      <p className="mb-1.5 flex items-center gap-2 text-s font-medium text-ink-2">
        <ClipboardList size={13} aria-hidden />
        <span className="min-w-0 flex-1 truncate">{(said ?? asked)?.node_title}</span>
        {said && <Chip tone="ok">{said.action_text || said.action_id}</Chip>}
        {!said && <Chip tone={isWaiting ? 'info' : 'neutral'}>{t(isWaiting ? 'detail.formWaits' : 'detail.formUnanswered')}</Chip>}
      </p>
      {said && <Markdown text={said.rendered_content} />}
      {said && <SubmittedValues values={said.submitted_data ?? {}} />}
      {!said &&
        asked &&
        splitContent(readFormContent(asked)).map((part) =>
          'text' in part ? (
            <Markdown key={part.text} text={part.text} />
          ) : (
            <p key={part.field.variable} className="my-1 rounded-sm border border-dashed border-line px-2 py-1 font-mono text-s text-ink-3">
              {part.field.label}
            </p>
          ),
        )}
    </>
  )
}

function SubmittedValues({ values }: { readonly values: Readonly<Record<string, unknown>> }) {
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 border-t border-line pt-2 text-s">
      {entries.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="font-mono text-ink-3">{name}</dt>
          <dd className="whitespace-pre-wrap wrap-anywhere text-ink-2">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
