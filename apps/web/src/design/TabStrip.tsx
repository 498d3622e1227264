import { type ComponentPropsWithoutRef, useEffect, useRef } from 'react'
import { cx } from './cx.ts'

export interface TabStripProps extends ComponentPropsWithoutRef<'nav'> {
  /** The page that is open: its link is brought into view. */
  readonly at: string
}

/** Links of pages that stand in a row and scroll where it is narrow. */
export function TabStrip({ at, className, ...rest }: TabStripProps) {
  const strip = useRef<HTMLElement>(null)
  const shown = useRef('')
  useEffect(() => {
    if (at !== shown.current) strip.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    shown.current = at
  }, [at])
  return <nav ref={strip} className={cx('edge-fade scroll-px-8', className)} {...rest} />
}
