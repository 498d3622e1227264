import { useTranslation } from 'react-i18next'
import type { RegistrationObstacle } from './registration-door.ts'

/** Who helps where nobody makes an account by themselves. */
export function RegistrationClosed({ obstacle }: { readonly obstacle: RegistrationObstacle }) {
  const { t } = useTranslation('registration')
  if (obstacle !== 'noWorkspace') return <p className="text-ink-2">{t('closed.askAdministrator')}</p>
  return (
    <ul className="flex list-disc flex-col gap-2 pl-4 text-ink-2">
      <li>{t('closed.askAdministrator')}</li>
      <li>
        {t('closed.askOperator')}
        <code className="mt-1 block wrap-anywhere font-mono text-s">ALLOW_CREATE_WORKSPACE=true</code>
      </li>
    </ul>
  )
}
