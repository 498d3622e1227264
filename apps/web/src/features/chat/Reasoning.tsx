import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Markdown } from './Markdown.tsx'

/** What a model thought before it spoke, folded away. */
export function Reasoning({ text, isThinking }: { readonly text: string; readonly isThinking: boolean }) {
  const { t } = useTranslation('chat')
  return (
    <details className="group mb-3 rounded-md border border-line text-m text-ink-2">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-md px-3 py-1.5 select-none hover:bg-surface-2">
        <ChevronRight size={14} aria-hidden className="text-ink-3 transition-transform group-open:rotate-90" />
        {isThinking ? <span className="animate-pulse">{t('thinking')}</span> : t('reasoning')}
      </summary>
      <div className="border-t border-line px-3 py-2.5 leading-relaxed">
        <Markdown text={text} />
      </div>
    </details>
  )
}
