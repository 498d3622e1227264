import { useCallback, useEffect, useState } from 'react'
import type { FormStateName } from './FormState.tsx'
import { faultOf } from './form-fault.ts'

export interface FormEnd {
  /** Why there is nothing to fill in any more; null as long as there is. */
  readonly end: FormStateName | null
  readonly setEnd: (end: FormStateName) => void
  /** Does what needs the form to be open, and sees where it is not. What fails is thrown on. */
  readonly whileOpen: <Result>(work: () => Promise<Result>) => Promise<Result>
}

/** Longer than timers can wait. */
const LONGEST_MS = 2 ** 31 - 1
const AFTERWARDS_MS = 1000

/**
 * How a form that stands open ends: at whatever is done with it, when its time is over, and when somebody comes back to its page. The
 * server says so each time, as clocks differ.
 */
export function useFormEnd(ask: () => Promise<unknown>, expiresAt: number | null): FormEnd {
  const [end, setEnd] = useState<FormStateName | null>(null)
  const whileOpen = useCallback<FormEnd['whileOpen']>(async (work) => {
    try {
      return await work()
    } catch (error) {
      const fault = faultOf(error)
      // What may go well the next time ends nothing.
      if (fault !== 'failed') setEnd(fault)
      throw error
    }
  }, [])
  const isOpen = end === null
  useEffect(() => {
    if (!isOpen) return
    const look = () => void whileOpen(ask).catch(() => undefined)
    const lookAgain = () => document.visibilityState === 'visible' && look()
    const remainingMs = expiresAt === null ? LONGEST_MS : expiresAt * 1000 - Date.now() + AFTERWARDS_MS
    const timer = remainingMs < LONGEST_MS ? setTimeout(look, Math.max(0, remainingMs)) : undefined
    document.addEventListener('visibilitychange', lookAgain)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', lookAgain)
    }
  }, [ask, expiresAt, isOpen, whileOpen])
  return { end, setEnd, whileOpen }
}
