import { Toast as Base } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from './Button.tsx'
import { cx } from './cx.ts'
import { isPhone } from './phone.ts'
import { surplusToasts } from './toast-limit.ts'
import { useBelow } from './toast-room.ts'

interface ToastAction {
  readonly label: string
  readonly onSelect: () => void
}

export interface Toaster {
  success(title: string, action?: ToastAction, description?: string): void
  error(title: string, description?: string, action?: ToastAction): void
}

const UNDO_TIMEOUT_MS = 8000

/** Quiet messages at the lower right, above a chat's field; with an action they stay long enough to be used. */
export function useToast(): Toaster {
  const manager = Base.useToastManager()
  const { add, close } = manager
  return useMemo(() => {
    // Of high priority it would be hidden from screen readers, but for a copy, while the Tab key still leads to it.
    const tell = (type: 'success' | 'error', title: string, description?: string, action?: ToastAction) => {
      const id: string = add({
        title,
        type,
        description,
        ...((type === 'error' || description !== undefined || action) && { timeout: UNDO_TIMEOUT_MS }),
        ...(action && {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onSelect()
              close(id)
            },
          },
        }),
      })
    }
    return {
      success: (title, action, description) => tell('success', title, description, action),
      error: (title, description, action) => tell('error', title, description, action),
    }
  }, [add, close])
}

/** Takes away what is on view. What was said in the same breath stays: it tells of the step that is being taken. */
export function useDismissToasts({ keepsActions = false } = {}): () => void {
  const { toasts, close } = Base.useToastManager()
  const onView = useRef(toasts)
  useEffect(() => {
    onView.current = toasts
  }, [toasts])
  return useCallback(() => {
    for (const { id, actionProps } of onView.current) if (!keepsActions || actionProps === undefined) close(id)
  }, [close, keepsActions])
}

/** On a phone messages would lie over the buttons of what opens: those on view go, but for what can still be undone. */
export function useRoomFromToasts(isOpen: boolean): void {
  const dismiss = useDismissToasts({ keepsActions: true })
  useEffect(() => {
    if (isOpen && isPhone()) dismiss()
  }, [isOpen, dismiss])
}

function ToastList() {
  const { toasts, close } = Base.useToastManager()
  const { t } = useTranslation('common')
  useEffect(() => {
    for (const id of surplusToasts(toasts, isPhone())) close(id)
  }, [toasts, close])
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="popup-frame mb-2 w-full p-3 transition-[opacity,translate] duration-150 data-ending-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-start gap-2.5 [&>button]:-my-1">
        <span className={cx('mt-0.5', toast.type === 'error' ? 'text-bad' : 'text-ok')}>
          {toast.type === 'error' ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
        </span>
        <div className="min-w-0 flex-1">
          <Base.Title className="font-medium" />
          <Base.Description className="mt-0.5 text-s text-ink-2 wrap-anywhere" />
        </div>
        <Base.Action className={buttonClass({ size: 's' })} />
        <Base.Close aria-label={t('close')} className={buttonClass({ variant: 'ghost', size: 's', shape: 'square' })}>
          <X size={14} aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}

const places = { both: 'bottom-28 max-sm:bottom-44', field: 'bottom-28', bar: 'bottom-4 max-sm:bottom-16', nothing: 'bottom-4' }

function ToastPlace() {
  return (
    <Base.Viewport className={cx('fixed right-4 z-45 flex w-90 max-w-[calc(100vw-2rem)] flex-col outline-none', places[useBelow()])}>
      <ToastList />
    </Base.Viewport>
  )
}

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider limit={4}>
      {children}
      <Base.Portal>
        <ToastPlace />
      </Base.Portal>
    </Base.Provider>
  )
}
