interface ShownToast {
  readonly id: string
  readonly actionProps?: unknown
  readonly transitionStatus?: string | undefined
}

const MAX_ACTION_TOASTS = 2

/** Ids of the older toasts that make room for newer ones, which come first: on phones all but one, elsewhere some of those with an action. */
export function surplusToasts(toasts: readonly ShownToast[], isPhone: boolean): string[] {
  const shown = toasts.filter((toast) => toast.transitionStatus !== 'ending')
  const surplus = isPhone ? shown.slice(1) : shown.filter((toast) => toast.actionProps !== undefined).slice(MAX_ACTION_TOASTS)
  return surplus.map((toast) => toast.id)
}
