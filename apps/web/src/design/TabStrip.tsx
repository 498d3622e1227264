import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react'
import { cx } from './cx.ts'

export interface TabStripProps extends ComponentPropsWithoutRef<'nav'> {
  /** The page that is open: its link is brought into view, also where the strip becomes narrower. */
  readonly at: string
}

function showCurrent(strip: Element | null): void {
  strip?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Links of pages that stand in a row and scroll where it is narrow. */
export function TabStrip({ at, className, ...rest }: TabStripProps) {
  const strip = useRef<HTMLElement>(null)
  const shown = useRef('')
  useEffect(() => {
    if (at !== shown.current) showCurrent(strip.current)
    shown.current = at
  }, [at])
  useEffect(() => {
    const observer = new ResizeObserver(() => showCurrent(strip.current))
    if (strip.current) observer.observe(strip.current)
    return () => observer.disconnect()
  }, [])
  return <nav ref={strip} className={cx('edge-fade scroll-px-8', className)} {...rest} />
}
