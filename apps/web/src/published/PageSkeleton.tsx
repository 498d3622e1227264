import { Skeleton } from '../design/Skeleton.tsx'

/** The page's outline while the app is asked who it is; without a word, because its language is not known yet. */
export function PageSkeleton() {
  return (
    <div className="grid h-dvh grid-cols-[248px_1fr] max-md:grid-cols-1" aria-busy>
      <div className="flex flex-col gap-3 border-r border-line bg-surface-2 p-4 max-md:hidden">
        <div className="h-6 w-36 rounded-sm bg-surface-3" />
        <div className="h-7.5 rounded-sm bg-surface-3" />
      </div>
      <div className="flex flex-col bg-surface">
        <div className="h-12 border-b border-line" />
        <div className="mx-auto mt-8 flex w-full max-w-180 flex-col gap-3 px-5">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      </div>
    </div>
  )
}
