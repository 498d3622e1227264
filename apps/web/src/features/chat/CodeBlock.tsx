import './code.css'
import { memo, useEffect, useState } from 'react'
import { CopyButton, cx, useScrollFrame } from '../../design/index.ts'
import { loadPart } from '../../lazy-part.ts'
import type { CodePart } from './highlighted-parts.ts'

export interface CodeBlockProps {
  readonly code: string
  /** A name that highlight.js knows, or empty. */
  readonly language: string
  readonly className?: string
}

/** Code with its language and a way to copy it; coloured once the highlighter is there. */
export function CodeBlock({ code, language, className }: CodeBlockProps) {
  const parts = useHighlighted(code, language)
  const frame = useScrollFrame()
  return (
    <div className={cx('overflow-hidden rounded-md border border-line bg-surface-2', className)}>
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-ink-3">
        <span className="font-mono">{language || 'text'}</span>
        <CopyButton text={code} />
      </div>
      <pre
        {...frame}
        className="[&[tabindex]]:edge-fade [--ground:var(--surface-2)] overflow-x-auto px-3 py-2.5 font-mono text-s leading-relaxed text-ink"
      >
        <code className="inline-block min-w-full">{parts === null ? code : <CodeParts parts={parts} />}</code>
      </pre>
    </div>
  )
}

const CodeParts = memo(function CodeParts({ parts }: { readonly parts: readonly CodePart[] }) {
  return parts.map((part, position) =>
    typeof part === 'string' ? (
      part
    ) : (
      // Parts of one text never move among each other.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      <span key={position} className={part.className}>
        <CodeParts parts={part.parts} />
      </span>
    ),
  )
})

interface Highlighted {
  readonly code: string
  readonly parts: readonly CodePart[]
}

/** Null until the highlighter has seen this very text: growing code stands uncoloured rather than a step behind. */
function useHighlighted(code: string, language: string): readonly CodePart[] | null {
  const [result, setResult] = useState<Highlighted | null>(null)
  useEffect(() => {
    let isCurrent = true
    void loadPart(() => import('./highlight.ts')).then(({ highlight }) => {
      const parts = highlight(code, language)
      if (isCurrent) setResult(parts === null ? null : { code, parts })
    })
    return () => {
      isCurrent = false
    }
  }, [code, language])
  return result?.code === code ? result.parts : null
}
