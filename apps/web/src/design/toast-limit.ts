interface ShownToast {
  readonly id: string
  readonly actionProps?: unknown
  readonly transitionStatus?: string | undefined
}

const MAX_ACTION_TOASTS = 2

/** Ids of the older toasts with an action that make room for newer ones; `toasts` come newest first. */
export function surplusActionToasts(toasts: readonly ShownToast[]): string[] {
  return toasts
    .filter((toast) => toast.actionProps !== undefined && toast.transitionStatus !== 'ending')
    .slice(MAX_ACTION_TOASTS)
    .map((toast) => toast.id)
}
