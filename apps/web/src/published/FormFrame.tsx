import type { ReactNode } from 'react'
import { AppIcon, cx, touchRow } from '../design/index.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { PageFooter } from './PageFooter.tsx'
import { PageMenu } from './PageMenu.tsx'
import { usePublishedApp } from './published-app.ts'

export interface FormFrameProps {
  readonly form: ReactNode
  /** Wide pages have their menu elsewhere. */
  readonly isMenuElsewhere?: boolean
  /** The `main` of the page: what comes of the form. */
  readonly children: ReactNode
}

/** What the app is and its form at the left, what comes of it at the right; one below the other on phones. */
export function FormFrame({ form, isMenuElsewhere = false, children }: FormFrameProps) {
  const { site } = usePublishedApp()
  return (
    <div className="flex h-(--page-height,100dvh) flex-col overflow-hidden max-md:h-auto max-md:min-h-dvh max-md:overflow-visible">
      <ConnectionBanner />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(320px,400px)_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[auto_1fr]">
        <aside className="flex min-h-0 flex-col overflow-y-auto border-r border-line bg-surface-2 max-md:border-r-0 max-md:border-b">
          <header className="flex items-start gap-2.5 px-5 pt-5 pb-4 max-md:px-4">
            <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} />
            <div className="flex min-h-9 min-w-0 flex-1 flex-col justify-center">
              <h1 className="text-xl font-semibold wrap-anywhere">{site.title}</h1>
              {site.description && <p className="mt-0.5 text-ink-2 text-pretty">{site.description}</p>}
            </div>
            <div className={cx('-mr-2 flex h-9 items-center', isMenuElsewhere && 'md:hidden', touchRow)}>
              <PageMenu />
            </div>
          </header>
          <div className="px-5 pb-5 max-md:px-4">{form}</div>
          <div className="mt-auto px-3 pt-4 pb-3 max-md:hidden">
            <PageFooter />
          </div>
        </aside>
        {children}
      </div>
    </div>
  )
}
