import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

export interface MenuAction {
  readonly label: string
  /** Where labels of one menu may be alike. */
  readonly key?: string
  /** What is the case already. */
  readonly isCurrent?: boolean
  readonly icon?: ReactNode
  readonly hint?: string
  readonly onSelect: () => void
  readonly isDestructive?: boolean
  readonly isDisabled?: boolean
}

export interface MenuProps {
  /** One element that can be focused, usually a button. */
  readonly trigger: ReactElement<Record<string, unknown>>
  /** Groups of actions, a line between them. */
  readonly groups: readonly (readonly MenuAction[])[]
  readonly header?: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
}

const keyOf = ({ key, label }: MenuAction): string => key ?? label

export function Menu({ trigger, groups, header, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className="popup-frame min-w-44 p-1">
            {header !== undefined && <div className="border-b border-line px-2.5 pt-1.5 pb-2">{header}</div>}
            {groups
              .filter((group) => group.length > 0)
              .map((group, index) => (
                <div key={group.map(keyOf).join()} className={cx(index > 0 && 'mt-1 border-t border-line pt-1')}>
                  {group.map((action) => (
                    <Base.Item
                      key={keyOf(action)}
                      aria-current={action.isCurrent || undefined}
                      disabled={action.isDisabled ?? false}
                      onClick={action.onSelect}
                      className={cx(
                        'flex min-h-7.5 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-surface-2',
                        action.isDestructive && 'text-bad',
                      )}
                    >
                      {action.icon && <span className={action.isDestructive ? '' : 'text-ink-3'}>{action.icon}</span>}
                      <span className="min-w-0 flex-1">
                        {action.label}
                        {action.hint && <span className="block text-s text-ink-3">{action.hint}</span>}
                      </span>
                    </Base.Item>
                  ))}
                </div>
              ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
