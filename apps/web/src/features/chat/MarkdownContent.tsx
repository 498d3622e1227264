import './markdown.css'
import { type ComponentPropsWithoutRef, memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { useScrollFrame } from '../../design/index.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { splitMarkdown } from './markdown-blocks.ts'
import { PictureOnWish } from './PictureOnWish.tsx'

const plugins = [remarkGfm]

const components: Components = {
  a: ({ node: _, ...rest }) => <a {...rest} target="_blank" rel="noopener noreferrer nofollow" />,
  // A picture named by a model must not learn where it is looked at. One whose address was refused leaves its words.
  img: ({ node: _, alt = '', src, ...rest }) =>
    src ? (
      <PictureOnWish address={src} words={alt}>
        <img alt={alt} src={src} {...rest} loading="lazy" referrerPolicy="no-referrer" />
      </PictureOnWish>
    ) : (
      alt
    ),
  table: ({ node: _, ...rest }) => <TableFrame {...rest} />,
  pre: ({ node }) => {
    const code = node?.children[0]
    if (code?.type !== 'element') return null
    const names = code.properties['className']
    const language = Array.isArray(names) ? String(names[0] ?? '').replace(/^language-/u, '') : ''
    const text = code.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
    return <CodeBlock code={text.replace(/\n$/u, '')} language={language} />
  },
}

function TableFrame(table: ComponentPropsWithoutRef<'table'>) {
  const frame = useScrollFrame()
  return (
    <div {...frame} className="table-frame [&[tabindex]]:edge-fade">
      <table {...table} />
    </div>
  )
}

const Block = memo(function Block({ text }: { readonly text: string }) {
  return (
    <div className="block">
      <ReactMarkdown remarkPlugins={plugins} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  )
})

/** Markdown without raw HTML. Growing text redraws only its last block. */
export function MarkdownContent({ text }: { readonly text: string }) {
  return (
    <div className="markdown">
      {splitMarkdown(text).map((block, position) => (
        // Blocks only ever grow at the end: the position is the identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Block key={position} text={block} />
      ))}
    </div>
  )
}
