import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, TextField } from '../../design/index.ts'

export interface AddressFieldProps {
  /** There is no other way, hence no way back. */
  readonly isOnly: boolean
  readonly isDisabled: boolean
  readonly onAdd: (url: string) => void
  readonly onClose: () => void
}

/** Names a file by where it is. */
export function AddressField({ isOnly, isDisabled, onAdd, onClose }: AddressFieldProps) {
  const { t } = useTranslation('chat')
  const [url, setUrl] = useState('')
  const [isFaulty, setFaulty] = useState(false)
  const add = () => {
    if (!/^https?:\/\/[^\s/]+/iu.test(url.trim())) return setFaulty(true)
    onAdd(url.trim())
    setUrl('')
    setFaulty(false)
    if (!isOnly) onClose()
  }
  return (
    <div className="flex min-w-0 flex-1 items-start gap-1.5 text-m leading-normal">
      <TextField
        aria-label={t('files.address')}
        type="url"
        placeholder="https://"
        // A field that was just asked for; where it is the only way, it waits its turn.
        autoFocus={!isOnly}
        disabled={isDisabled}
        value={url}
        onValueChange={setUrl}
        error={isFaulty ? t('files.addressWrong') : null}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        className="flex-1"
      />
      <Button disabled={isDisabled || url.trim() === ''} onClick={add}>
        {t('files.add')}
      </Button>
      {!isOnly && (
        <Button variant="ghost" onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
      )}
    </div>
  )
}
