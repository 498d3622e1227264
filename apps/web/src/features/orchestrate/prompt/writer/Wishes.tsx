import { useTranslation } from 'react-i18next'
import { Button } from '../../../../design/index.ts'

const wishes = {
  chat: ['chat.support', 'chat.tutor', 'chat.interview'],
  completion: ['completion.summary', 'completion.translation', 'completion.product'],
} as const

export interface WishesProps {
  readonly kind: 'chat' | 'completion'
  readonly onChoose: (wish: string) => void
}

/** Examples of what to ask for; a click takes one as a beginning. */
export function Wishes({ kind, onChoose }: WishesProps) {
  const { t } = useTranslation('generator')
  return (
    <div className="-mt-2 flex flex-wrap items-center gap-1.5">
      <span className="text-s text-ink-3">{t('examples')}</span>
      {wishes[kind].map((wish) => (
        <Button key={wish} size="s" onClick={() => onChoose(t(`${wish}.text`))}>
          {t(`${wish}.name`)}
        </Button>
      ))}
    </div>
  )
}
