import { type ReactNode, useId } from 'react'
import { Card, Logo } from '../../design/index.ts'
import { PageTitle } from '../shell/PageTitle.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { ThemeButton } from './ThemeButton.tsx'

export function AuthLayout({ title, lead, children }: { readonly title: string; readonly lead: string; readonly children: ReactNode }) {
  const headingId = useId()
  return (
    <div className="flex min-h-dvh flex-col">
      <PageTitle page={title} />
      <header className="flex h-12 items-center gap-1 px-4">
        <span className="flex items-center gap-2 text-accent">
          <Logo />
          <b className="font-semibold text-ink text-l">Trellis</b>
        </span>
        <span className="flex-1" />
        <LanguageMenu />
        <ThemeButton />
      </header>
      {/* A little above the middle; where the window is low, the room around it gives way. */}
      <main
        aria-labelledby={headingId}
        className="mx-auto grid w-full max-w-100 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0.25rem,1fr)_auto_minmax(1rem,1.8fr)] px-4"
      >
        <Card className="row-start-2 p-7 shadow-low">
          <h1 id={headingId} className="text-2xl font-semibold tracking-tight">
            {title}
          </h1>
          <p className="mt-1 mb-6 text-ink-2">{lead}</p>
          {children}
        </Card>
      </main>
    </div>
  )
}
