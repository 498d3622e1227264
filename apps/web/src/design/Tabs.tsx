import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface TabItem<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
}

export interface TabsProps<Value extends string> {
  readonly items: readonly TabItem<Value>[]
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  readonly label: string
  /** What the chosen tab shows; leave out where the tabs only filter. */
  readonly children?: ReactNode
  readonly className?: string
}

/** The look of a tab, shared with tab-like links. */
export const tabClass =
  'inline-flex h-7.5 items-center rounded-sm px-2.5 font-medium text-ink-2 whitespace-nowrap select-none hover:text-ink data-active:bg-surface-2 data-active:text-ink'

export function Tabs<Value extends string>({ items, value, onValueChange, label, children, className }: TabsProps<Value>) {
  return (
    // The value of a tab is one of `items`, hence a Value.
    <Base.Root value={value} onValueChange={(next) => onValueChange(next as Value)} className={className}>
      <Base.List className="flex gap-0.5" aria-label={label} activateOnFocus>
        {items.map((item) => (
          <Base.Tab key={item.value} value={item.value} className={cx('touch-target', tabClass)}>
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {children !== undefined && (
        <Base.Panel value={value} className={cx('outline-offset-4')}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  )
}
