import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { ToastProvider } from './Toast.tsx'
import { TooltipLayer } from './TooltipLayer.tsx'

/** What the primitives need around them. Style elements are off: the pages run under `style-src 'self'`. */
export function DesignProvider({ children }: { readonly children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <ToastProvider>{children}</ToastProvider>
      <TooltipLayer />
    </CSPProvider>
  )
}
