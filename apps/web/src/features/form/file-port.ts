import { createContext, use } from 'react'
import type { FilePort } from '../../api/files-api.ts'

const Context = createContext<FilePort | null>(null)
export const FilePortProvider = Context.Provider

export function useFilePort(): FilePort {
  const port = use(Context)
  if (!port) throw new Error('useFilePort needs a FilePortProvider above it')
  return port
}
