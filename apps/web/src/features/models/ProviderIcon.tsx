import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import type { LocalizedText } from '../../api/types/models.ts'
import { cx, useResolvedTheme } from '../../design/index.ts'

export interface ProviderIconProps {
  readonly light: LocalizedText | null | undefined
  readonly dark: LocalizedText | null | undefined
  readonly size?: 's' | 'l'
}

/** The provider's mark, or a neutral one where there is none or it does not load. */
export function ProviderIcon({ light, dark, size = 's' }: ProviderIconProps) {
  const theme = useResolvedTheme()
  const address = (theme === 'dark' ? dark?.en_US : undefined) ?? light?.en_US
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <span
      aria-hidden
      className={cx(
        'grid shrink-0 place-items-center overflow-hidden rounded-sm bg-surface-2 text-model',
        size === 'l' ? 'size-9' : 'size-5.5',
      )}
    >
      {address && failed !== address ? (
        <img src={address} alt="" className={size === 'l' ? 'size-5.5' : 'size-4'} onError={() => setFailed(address)} />
      ) : (
        <Sparkles size={size === 'l' ? 18 : 13} />
      )}
    </span>
  )
}
