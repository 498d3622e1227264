import { useTranslation } from 'react-i18next'

/** The title of the browser's tab. */
export function PageTitle({ page }: { readonly page: string }) {
  const { t } = useTranslation('common')
  return <title>{t('pageTitle', { page })}</title>
}
