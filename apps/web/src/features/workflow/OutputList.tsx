import { Card, CopyButton } from '../../design/index.ts'
import { Markdown } from '../chat/Markdown.tsx'

/** Named values for reading: text as Markdown, everything else as JSON. */
export function OutputList({ values }: { readonly values: Readonly<Record<string, unknown>> }) {
  return (
    <div className="flex flex-col gap-3">
      {Object.entries(values).map(([name, value]) => (
        <Card key={name} className="min-w-0">
          <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-4 text-s text-ink-3">
            <span className="truncate font-mono">{name}</span>
            <CopyButton text={toText(value)} />
          </div>
          <div className="px-4.5 py-3.5 text-[15px] leading-[1.65]">
            {typeof value === 'string' ? (
              <Markdown text={value} />
            ) : (
              <pre className="overflow-x-auto font-mono text-s whitespace-pre-wrap wrap-anywhere">{toText(value)}</pre>
            )}
          </div>
        </Card>
      ))}
    </div>
  )
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))
