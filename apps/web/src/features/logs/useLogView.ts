import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { createEcho, type Echo } from './address-echo.ts'
import type { LogFilter } from './log-filter.ts'
import { type LogView, readLogSearch, toLogSearch, toLogView } from './log-search.ts'

/** So long after the last letter the log is asked, and the address follows: nobody waits for what half a word finds. */
export const PAUSE_MS = 150

interface Changes {
  readonly view: LogView
  readonly narrow: (part: Partial<LogFilter>) => void
  readonly turnTo: (page: number) => void
  readonly open: (openId: string | null) => void
}

/**
 * What the page shows. It answers at once and the address follows, so that it can be kept and sent; where the address goes elsewhere,
 * as by the browser's way back, the page follows it.
 */
export function useLogView(): Changes {
  // The page stands below one route, in apps of several kinds.
  // The router hands over what it was told to leave out, too.
  const search = readLogSearch(useSearch({ from: '/shell/app/$id/logs' }))
  const address = JSON.stringify(search)
  const navigate = useNavigate({ from: '/app/$id/logs' })
  const [view, setView] = useState<LogView>(() => toLogView(search))
  const latest = useRef(view)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const echo = useRef<Echo>(undefined)
  echo.current ??= createEcho(address)
  const show = useCallback((next: LogView) => {
    latest.current = next
    setView(next)
  }, [])
  const change = useCallback(
    (part: Partial<LogView>, isTyped = false, replace = isTyped) => {
      show({ ...latest.current, ...part })
      clearTimeout(pause.current)
      const follow = () => {
        const search = toLogSearch(latest.current)
        if (echo.current?.writes(JSON.stringify(search))) void navigate({ search, replace, resetScroll: false })
      }
      if (isTyped) pause.current = setTimeout(follow, PAUSE_MS)
      else follow()
    },
    [navigate, show],
  )
  const hear = useEffectEvent((heard: string) => {
    if (!echo.current?.hears(heard)) show(toLogView(search))
  })
  useEffect(() => hear(address), [address])
  useEffect(() => () => clearTimeout(pause.current), [])
  const narrow = useCallback(
    (part: Partial<LogFilter>) => {
      const isTyped = 'keyword' in part || 'user' in part
      change({ filter: { ...latest.current.filter, ...part }, page: 1 }, isTyped && Object.keys(part).length === 1)
    },
    [change],
  )
  const turnTo = useCallback((page: number) => change({ page }), [change])
  // The way back from an open conversation is the list; from the list it is not the conversation that was closed.
  const open = useCallback((openId: string | null) => change({ openId }, false, openId === null), [change])
  return { view, narrow, turnTo, open }
}
