import { useMemo } from 'react'
import type { FilePort } from '../../api/files-api.ts'
import { AppIcon, type AppIconProps, Card } from '../../design/index.ts'
import { FilePortProvider } from '../../features/form/file-port.ts'
import { HumanForm } from '../../features/human-input/HumanForm.tsx'
import type { FormContent } from '../../features/human-input/waiting-form.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { FormState } from './FormState.tsx'
import type { FormApi } from './form-api.ts'
import { type FormEnd, useFormEnd } from './useFormEnd.ts'

export interface FormPageProps {
  readonly title: string
  readonly icon: {
    readonly icon_type: AppIconProps['iconType']
    readonly icon: AppIconProps['icon']
    readonly icon_url: AppIconProps['iconUrl']
  }
  readonly form: FormContent
  readonly api: FormApi
}

/** What a run asks whoever has the link: answered once, by one of its buttons. */
export function FormPage({ title, icon, form, api }: FormPageProps) {
  const textOf = useVisitorErrorText()
  const { end, setEnd, whileOpen } = useFormEnd(api.get, form.expiresAt)
  const files = useMemo(() => portOf(api, whileOpen), [api, whileOpen])
  if (end !== null) return <FormState state={end} />
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-170 flex-col gap-4 px-5 py-8 max-sm:px-4 max-sm:py-5">
      <header className="flex items-center gap-2.5">
        <AppIcon iconType={icon.icon_type} icon={icon.icon} iconUrl={icon.icon_url} />
        <h1 className="text-xl font-semibold wrap-anywhere">{title}</h1>
      </header>
      <Card className="px-5 py-5 text-[15px] leading-[1.65] max-sm:px-4">
        <FilePortProvider value={files}>
          <HumanForm
            form={form}
            textOf={textOf}
            onAnswer={async (inputs, action) => {
              await whileOpen(() => api.answer({ inputs, action }))
              setEnd('answered')
            }}
          />
        </FilePortProvider>
      </Card>
    </main>
  )
}

/** Whoever has a form's token may not ask for sizes and addresses; the server judges what it gets. */
function portOf(api: FormApi, whileOpen: FormEnd['whileOpen']): FilePort {
  const unbounded = Number.POSITIVE_INFINITY
  return {
    limits: async () => ({
      image_file_size_limit: unbounded,
      video_file_size_limit: unbounded,
      audio_file_size_limit: unbounded,
      file_size_limit: unbounded,
    }),
    upload: (file, options) => whileOpen(() => api.upload(file, options)),
    describe: async () => ({ mimeType: '', sizeBytes: 0 }),
  }
}
