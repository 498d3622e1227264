import { createContext, type ReactNode, use } from 'react'
import type { ConsoleApi } from './console-api.ts'

const ApiContext = createContext<ConsoleApi | null>(null)

export function ApiProvider({ api, children }: { readonly api: ConsoleApi; readonly children: ReactNode }) {
  return <ApiContext value={api}>{children}</ApiContext>
}

export function useApi(): ConsoleApi {
  const api = use(ApiContext)
  if (!api) throw new Error('useApi needs an ApiProvider above it')
  return api
}
