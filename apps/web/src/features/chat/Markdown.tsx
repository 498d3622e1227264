import { Suspense } from 'react'
import { lazyPart } from '../../lazy-part.ts'

const MarkdownContent = lazyPart(() => import('./MarkdownContent.tsx').then((module) => ({ default: module.MarkdownContent })))

/** Markdown, its renderer loaded on first use; until then the text stands as it is, in the same place. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap wrap-anywhere">{text}</div>}>
      <MarkdownContent text={text} />
    </Suspense>
  )
}
