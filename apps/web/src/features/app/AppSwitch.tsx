import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Card, Switch, useToast } from '../../design/index.ts'
import { useApp } from './app-context.ts'
import { appQuery } from './queries.ts'

export interface AppSwitchProps {
  readonly kind: 'api' | 'site'
  readonly label: string
  readonly hint: ReactNode
  /** Said where the server refuses. */
  readonly failure: string
  readonly isDisabled: boolean
}

/** Switches a way into the app on or off; shown at once, taken back where the server refuses. */
export function AppSwitch({ kind, label, hint, failure, isDisabled }: AppSwitchProps) {
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const { app } = useApp()
  const toggle = useMutation({
    mutationFn: (isOn: boolean) => (kind === 'api' ? api.apps.setApiEnabled(app.id, isOn) : api.apps.setSiteEnabled(app.id, isOn)),
    onError: (error) => toast.error(failure, errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: appQuery(api, app.id).queryKey }),
  })
  const stored = kind === 'api' ? app.enable_api : app.enable_site
  return (
    <Card className="flex items-center px-5 py-3.5">
      <Switch
        className="w-full"
        label={label}
        hint={hint}
        disabled={isDisabled}
        checked={toggle.isPending ? toggle.variables : stored}
        onCheckedChange={(isOn) => toggle.mutate(isOn)}
      />
    </Card>
  )
}
