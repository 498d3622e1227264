/** What a person waits for before a page can be used. */
export interface PageBudget {
  readonly page: string
  /** The modules that it begins with, by the ends of their paths; with each comes the chunk that holds it and all that this one imports. */
  readonly modules: readonly string[]
  readonly maxBytes: number
}

export const pageBudgets: readonly PageBudget[] = [
  {
    page: 'The console, before the chunk of a page',
    modules: ['/index.html', '/locales/en-US/index.ts'],
    maxBytes: 250_000,
  },
  {
    page: 'The Studio, with all that it begins with',
    modules: ['/index.html', '/locales/en-US/index.ts', '/features/studio/StudioPage.tsx'],
    maxBytes: 265_000,
  },
  {
    // What draws answers comes while the server is asked.
    page: 'The page of a published chatbot',
    modules: ['/app.html', '/locales/en-US/published.ts'],
    maxBytes: 180_000,
  },
]

/** A chunk as the bundler gives it, with its size as it goes over the wire. */
export interface SizedChunk {
  readonly fileName: string
  readonly facadeModuleId: string | null
  readonly moduleIds: readonly string[]
  /** File names of the chunks that come with it at once. */
  readonly imports: readonly string[]
  readonly bytes: number
}

export interface PageSize {
  readonly bytes: number
  /** Largest first. */
  readonly chunks: readonly SizedChunk[]
}

/** @throws Error where no chunk holds one of the modules: the budget would guard nothing */
export function measurePage(chunks: readonly SizedChunk[], { page, modules }: PageBudget): PageSize {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const needed = new Set<SizedChunk>()
  const add = (chunk: SizedChunk | undefined) => {
    if (!chunk || needed.has(chunk)) return
    needed.add(chunk)
    for (const name of chunk.imports) add(byName.get(name))
  }
  for (const module of modules) {
    const holder = chunks.find(({ facadeModuleId, moduleIds }) => [facadeModuleId ?? '', ...moduleIds].some((id) => id.endsWith(module)))
    if (!holder) throw new Error(`${page}: no chunk holds ${module}. Was it renamed? Then name it anew in src/build/page-budgets.ts.`)
    add(holder)
  }
  const ordered = [...needed].sort((one, other) => other.bytes - one.bytes)
  return { bytes: ordered.reduce((sum, chunk) => sum + chunk.bytes, 0), chunks: ordered }
}

/** What to say where a page is over its budget; undefined where it is not. */
export function judgePage(chunks: readonly SizedChunk[], budget: PageBudget): string | undefined {
  const { bytes, chunks: needed } = measurePage(chunks, budget)
  if (bytes <= budget.maxBytes) return undefined
  return [
    `${budget.page} takes ${kilobytes(bytes)} kB of compressed script; its budget is ${kilobytes(budget.maxBytes)} kB.`,
    'Load on demand what it does not need at once. It takes:',
    ...needed.map(({ fileName, bytes }) => `  ${kilobytes(bytes).padStart(6)} kB  ${fileName}`),
  ].join('\n')
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1)
