import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonSize, type ButtonVariant } from './Button.tsx'
import { IconButton } from './IconButton.tsx'

export interface CopyButtonProps {
  readonly text: string | (() => string)
  /** Shown beside the icon; without it the button is an icon with a tooltip. */
  readonly label?: string
  readonly size?: ButtonSize
  readonly variant?: ButtonVariant
  readonly className?: string
}

const CONFIRMATION_MS = 1600

export function CopyButton({ text, label, size = 's', variant = 'ghost', className }: CopyButtonProps) {
  const { t } = useTranslation('common')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), CONFIRMATION_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = () => copyText(typeof text === 'string' ? text : text()).then(setCopied)
  const icon = isCopied ? <Check size={14} aria-hidden className="text-ok" /> : <Copy size={14} aria-hidden />
  if (label === undefined) {
    return (
      <IconButton label={isCopied ? t('copied') : t('copy')} size={size} variant={variant} className={className} onClick={copy}>
        {icon}
      </IconButton>
    )
  }
  return (
    <Button icon={icon} size={size} variant={variant} className={className} onClick={copy}>
      {isCopied ? t('copied') : label}
    </Button>
  )
}

/** False where neither way of copying is open to the page. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** Over plain HTTP the clipboard interface is closed; selecting and copying still works there. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}
