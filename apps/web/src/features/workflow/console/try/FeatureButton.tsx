import { Check, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../../design/index.ts'

export interface FeatureButtonProps {
  readonly Icon: LucideIcon
  readonly label: string
  /** Shown by a tick. */
  readonly isOn: boolean
  readonly onClick: () => void
}

/** Opens what the draft of an app does beside its nodes. */
export function FeatureButton({ Icon, label, isOn, onClick }: FeatureButtonProps) {
  const { t } = useTranslation('workflow')
  return (
    <Button
      size="s"
      icon={<Icon size={14} aria-hidden className="text-ink-3" />}
      aria-description={isOn ? t('console.on') : undefined}
      onClick={onClick}
    >
      {label}
      {isOn && <Check size={13} aria-hidden className="text-accent" />}
    </Button>
  )
}
