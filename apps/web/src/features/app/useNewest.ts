import { type RefObject, useEffect, useRef } from 'react'

/** The value of the newest rendering, for callbacks that outlive the one in which they were made. */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value)
  useEffect(() => {
    newest.current = value
  })
  return newest
}
