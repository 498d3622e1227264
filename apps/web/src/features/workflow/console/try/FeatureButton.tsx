import type { LucideIcon } from 'lucide-react'
import { Button, cx } from '../../../../design/index.ts'

export interface FeatureButtonProps {
  readonly Icon: LucideIcon
  readonly label: string
  /** Shown by the colour of the icon. */
  readonly isOn: boolean
  readonly onClick: () => void
}

/** Opens what the draft of an app does beside its nodes. */
export function FeatureButton({ Icon, label, isOn, onClick }: FeatureButtonProps) {
  return (
    <Button size="s" icon={<Icon size={14} aria-hidden className={cx(isOn ? 'text-accent' : 'text-ink-3')} />} onClick={onClick}>
      {label}
    </Button>
  )
}
