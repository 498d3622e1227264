import { UserX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Card } from '../../../design/index.ts'
import { useUpkeepTexts } from '../useUpkeepTexts.ts'
import { DeleteAccountDialog } from './DeleteAccountDialog.tsx'

export function DeleteAccountCard() {
  return useUpkeepTexts().data === undefined ? null : <Deletion />
}

function Deletion() {
  const { t } = useTranslation('upkeep')
  const [isAsked, setAsked] = useState(false)
  return (
    <Card className="flex flex-wrap items-center gap-3 p-5">
      <div className="flex-1 basis-60">
        <h2 className="text-l font-semibold">{t('delete.title')}</h2>
        <p className="text-ink-2">{t('delete.lead')}</p>
      </div>
      <Button icon={<UserX size={14} aria-hidden />} onClick={() => setAsked(true)}>
        {t('delete.open')}
      </Button>
      {isAsked && <DeleteAccountDialog onClose={() => setAsked(false)} />}
    </Card>
  )
}
