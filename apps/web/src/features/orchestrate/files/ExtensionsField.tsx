import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, IconButton, TextField } from '../../../design/index.ts'
import { addExtensions, SEPARATORS } from './extensions.ts'

export interface ExtensionsFieldProps {
  readonly extensions: readonly string[]
  readonly onChange: (extensions: readonly string[]) => void
  /** Said where nothing else is wrong. */
  readonly error: string | null
}

/** Endings of file names: a comma, a space or Enter takes what was typed, and so does leaving the field. */
export function ExtensionsField({ extensions, onChange, error }: ExtensionsFieldProps) {
  const { t } = useTranslation('uploads')
  const [text, setText] = useState('')
  const [rest, setRest] = useState<readonly string[]>([])
  const take = (typed: string, unfinished = '') => {
    const added = addExtensions(extensions, typed)
    onChange(added.extensions)
    // What is no ending stays, to be put right.
    setText([...added.rest, unfinished].join(' ').trim())
    setRest(added.rest)
  }
  const type = (typed: string) => {
    setRest([])
    const words = typed.split(SEPARATORS)
    if (words.length > 1) take(words.slice(0, -1).join(' '), words.at(-1))
    else setText(typed)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Else it would save the dialog. With nothing typed it does.
    if (event.key === 'Enter' && text.trim() !== '' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      take(text)
    }
    if (event.key === 'Backspace' && text === '') onChange(extensions.slice(0, -1))
  }
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label={t('extensions.label')}
        hint={t('extensions.hint')}
        required
        isMono
        placeholder={extensions.length === 0 ? '.dxf, .stl' : undefined}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onValueChange={type}
        onKeyDown={onKeyDown}
        onBlur={() => text.trim() !== '' && take(text)}
        error={rest.length > 0 ? t('extensions.wrong', { text: rest[0] }) : error}
      />
      {extensions.length > 0 && (
        <ul aria-label={t('extensions.taken')} className="flex flex-wrap gap-1.5">
          {extensions.map((extension) => (
            <li key={extension} className="flex">
              <Chip className="pr-0.5 font-mono">
                .{extension}
                <IconButton
                  size="s"
                  label={t('extensions.remove', { extension })}
                  className="size-4.5 rounded-full"
                  onClick={() => onChange(extensions.filter((other) => other !== extension))}
                >
                  <X size={11} aria-hidden />
                </IconButton>
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
