import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
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
  /** Makes it a choice: `one` of its group, upon which the menu closes, or `any` number of them. */
  readonly choice?: { readonly of: 'one' | 'any'; readonly isChosen: boolean }
}

export interface MenuProps {
  /** One element that can be focused, usually a button. */
  readonly trigger: ReactElement<Record<string, unknown>>
  /** Groups of actions, a line between them. */
  readonly groups: readonly (readonly MenuAction[])[]
  readonly header?: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly isOpenAtFirst?: boolean
}

const keyOf = ({ key, label }: MenuAction): string => key ?? label

export function Menu({ trigger, groups, header, align = 'end', side = 'bottom', isOpenAtFirst = false }: MenuProps) {
  return (
    <Base.Root defaultOpen={isOpenAtFirst}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} side={side} className="z-50 outline-none">
          <Base.Popup className="popup-frame max-h-(--available-height) min-w-44 max-w-80 overflow-y-auto p-1">
            {header !== undefined && <div className="border-b border-line px-2.5 pt-1.5 pb-2">{header}</div>}
            {groups
              .filter((group) => group.length > 0)
              .map((group, index) => (
                <div key={group.map(keyOf).join()} className={cx(index > 0 && 'mt-1 border-t border-line pt-1')}>
                  {group.map((action) => (
                    <MenuItem key={keyOf(action)} action={action} />
                  ))}
                </div>
              ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function MenuItem({ action }: { readonly action: MenuAction }) {
  const { label, icon, hint, onSelect, isDestructive, isDisabled, isCurrent, choice } = action
  const look = {
    disabled: isDisabled ?? false,
    className: cx(
      'flex min-h-7.5 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-surface-2',
      isDestructive && 'text-bad',
    ),
  }
  const text = (
    <span className="min-w-0 flex-1 break-words">
      {label}
      {hint && <span className="block text-s text-ink-3">{hint}</span>}
    </span>
  )
  if (choice) {
    return (
      <Base.CheckboxItem
        {...look}
        role={choice.of === 'one' ? 'menuitemradio' : 'menuitemcheckbox'}
        closeOnClick={choice.of === 'one'}
        checked={choice.isChosen}
        onCheckedChange={onSelect}
      >
        <span className="grid size-4 place-items-center text-accent">
          <Base.CheckboxItemIndicator>
            <Check size={14} aria-hidden />
          </Base.CheckboxItemIndicator>
        </span>
        {text}
      </Base.CheckboxItem>
    )
  }
  return (
    <Base.Item {...look} aria-current={isCurrent || undefined} onClick={onSelect}>
      {icon && <span className={isDestructive ? '' : 'text-ink-3'}>{icon}</span>}
      {text}
    </Base.Item>
  )
}
