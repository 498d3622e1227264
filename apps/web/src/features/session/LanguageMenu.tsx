import { Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, Menu } from '../../design/index.ts'
import { languages } from '../../i18n/i18n.ts'
import { useSwitchLanguage } from './useSwitchLanguage.ts'

export function LanguageMenu() {
  const { i18n } = useTranslation()
  const switchLanguage = useSwitchLanguage()
  const current = languages.find((language) => language.code === i18n.language) ?? languages[0]
  return (
    <Menu
      trigger={
        <Button variant="ghost" icon={<Languages size={15} aria-hidden />}>
          {current.name}
        </Button>
      }
      groups={[languages.map(({ code, name }) => ({ label: name, onSelect: () => void switchLanguage(code) }))]}
    />
  )
}
