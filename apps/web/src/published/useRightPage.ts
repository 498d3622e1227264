import { ApiError } from '@trellis/client'
import { useEffect } from 'react'
import { basePath } from '../base-path.ts'
import { usePublishedApp } from './published-app.ts'

/** An app that was opened at the address of the other kind of page is opened at its own. */
export function useRightPage(error: unknown): void {
  const { address } = usePublishedApp()
  const right = error instanceof ApiError ? pages[error.code] : undefined
  useEffect(() => {
    if (right !== undefined) location.replace(`${basePath()}/${right}/${address.code}${location.search}`)
  }, [right, address.code])
}

const pages: Readonly<Record<string, string>> = { not_chat_app: 'completion', not_completion_app: 'chat' }
