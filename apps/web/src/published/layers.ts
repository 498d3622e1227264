/** What lies over the page and takes Escape for itself. Toasts are dialogs as well, but lie over nothing. */
const LAYERS = '[role="menu"], [role="dialog"]:not([aria-modal="false"]), [role="alertdialog"], [role="listbox"]'

export const hasLayer = (): boolean => document.querySelector(LAYERS) !== null
