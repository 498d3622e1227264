import { useState } from 'react'
import { AppIcon, type AppIconProps, Card } from '../../design/index.ts'
import { HumanForm } from '../../features/human-input/HumanForm.tsx'
import type { FormContent } from '../../features/human-input/waiting-form.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { FormState, type FormStateName } from './FormState.tsx'
import type { FormAnswer } from './form-api.ts'
import { faultOf } from './form-fault.ts'

export interface FormPageProps {
  readonly title: string
  readonly icon: {
    readonly icon_type: AppIconProps['iconType']
    readonly icon: AppIconProps['icon']
    readonly icon_url: AppIconProps['iconUrl']
  }
  readonly form: FormContent
  readonly onAnswer: (answer: FormAnswer) => Promise<void>
}

/** What a run asks whoever has the link: answered once, by one of its buttons. */
export function FormPage({ title, icon, form, onAnswer }: FormPageProps) {
  const textOf = useVisitorErrorText()
  const [end, setEnd] = useState<FormStateName | null>(null)
  if (end !== null) return <FormState state={end} />
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-170 flex-col gap-4 px-5 py-8 max-sm:px-4 max-sm:py-5">
      <header className="flex items-center gap-2.5">
        <AppIcon iconType={icon.icon_type} icon={icon.icon} iconUrl={icon.icon_url} />
        <h1 className="text-xl font-semibold wrap-anywhere">{title}</h1>
      </header>
      <Card className="px-5 py-5 text-[15px] leading-[1.65] max-sm:px-4">
        <HumanForm
          form={form}
          textOf={textOf}
          onAnswer={async (inputs, action) => {
            try {
              await onAnswer({ inputs, action })
              setEnd('answered')
            } catch (error) {
              const fault = faultOf(error)
              // What may go well the next time is said beside the buttons; else there is nothing left to press.
              if (fault === 'failed') throw error
              setEnd(fault)
            }
          }}
        />
      </Card>
    </main>
  )
}
