import './code.css'
import { useEffect, useState } from 'react'
import { CopyButton, cx, useScrollFrame } from '../../design/index.ts'

export interface CodeBlockProps {
  readonly code: string
  /** A name that highlight.js knows, or empty. */
  readonly language: string
  readonly className?: string
}

/** Code with its language and a way to copy it; coloured once the highlighter is there. */
export function CodeBlock({ code, language, className }: CodeBlockProps) {
  const html = useHighlighted(code, language)
  const frame = useScrollFrame()
  return (
    <div className={cx('overflow-hidden rounded-md border border-line bg-surface-2', className)}>
      <div className="flex h-8 items-center justify-between border-b border-line pr-1 pl-3 text-xs text-ink-3">
        <span className="font-mono">{language || 'text'}</span>
        <CopyButton text={code} />
      </div>
      <pre {...frame} className="overflow-x-auto px-3 py-2.5 font-mono text-s leading-relaxed text-ink">
        {html === null ? (
          <code className="inline-block min-w-full">{code}</code>
        ) : (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes the code; only its own spans are markup.
          <code className="inline-block min-w-full" dangerouslySetInnerHTML={{ __html: html }} />
        )}
      </pre>
    </div>
  )
}

interface Highlighted {
  readonly code: string
  readonly html: string
}

/** Null until the highlighter has seen this very text: growing code stands uncoloured rather than a step behind. */
function useHighlighted(code: string, language: string): string | null {
  const [result, setResult] = useState<Highlighted | null>(null)
  useEffect(() => {
    let isCurrent = true
    void import('./highlight.ts').then(({ highlight }) => {
      const html = highlight(code, language)
      if (isCurrent) setResult(html === null ? null : { code, html })
    })
    return () => {
      isCurrent = false
    }
  }, [code, language])
  return result?.code === code ? result.html : null
}
