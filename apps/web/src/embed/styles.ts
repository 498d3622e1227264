/** Names that pages style: Dify's. */
export const BUTTON_ID = 'dify-chatbot-bubble-button'
export const WINDOW_ID = 'dify-chatbot-bubble-window'
export const BAR_ID = 'trellis-chatbot-bubble-bar'

const own = (name: string, fallback: string): string => `var(--${BUTTON_ID}-${name}, ${fallback})`

/** Of the page: where button, window and bar stand. Everything may be changed by variables, or with `!important`. */
export const pageStyles = `
#${BUTTON_ID} {
  position: fixed;
  top: ${own('top', 'unset')}; right: ${own('right', '1rem')}; bottom: ${own('bottom', '1rem')}; left: ${own('left', 'unset')};
  width: ${own('width', '48px')}; height: ${own('height', '48px')};
  border-radius: ${own('border-radius', '25px')};
  background-color: ${own('bg-color', 'var(--trellis-bubble-color, #1d7a58)')};
  box-shadow: ${own('box-shadow', '0 4px 8px 0 rgb(0 0 0 / 0.2)')};
  color: var(--trellis-bubble-ink, #fff);
  cursor: pointer; user-select: none; z-index: 2147483647;
}
#${WINDOW_ID} {
  position: fixed; display: none;
  width: 24rem; max-width: calc(100vw - 2rem); height: 43.75rem; max-height: calc(100vh - 6rem);
  border: none; border-radius: 1rem; overflow: hidden; background-color: #fff; color-scheme: normal;
  box-shadow: 0 0 0 1px rgb(0 0 0 / 0.08), 0 12px 40px rgb(0 0 0 / 0.2);
  z-index: 2147483640;
}
#${BAR_ID} { position: fixed; display: none; inset: 0 0 auto; height: 44px; z-index: 2147483641; }
`

/** Of the button's and the bar's inside, which no style of the page reaches. */
export const innerStyles = `
:host { -webkit-tap-highlight-color: transparent; }
button {
  all: unset; box-sizing: border-box; display: grid; place-items: center; width: 100%; height: 100%;
  border-radius: inherit; color: inherit; cursor: pointer;
}
button:focus-visible { outline: 2px solid currentColor; outline-offset: -5px; }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.bar {
  box-sizing: border-box; display: flex; align-items: center; height: 100%; padding-left: 16px;
  background: var(--trellis-bubble-color, #1d7a58); color: var(--trellis-bubble-ink, #fff); font: 600 15px/1.2 system-ui, sans-serif;
}
.bar span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar button { width: 44px; flex: none; }
.bar svg { width: 20px; height: 20px; }
`

/** In a way that a policy against styles in markup lets pass. */
export function adoptStyles(root: Document | ShadowRoot, styles: string): void {
  if ('adoptedStyleSheets' in root) addSheet(root, styles)
  else addStyleElement(root, styles)
}

function addSheet(root: Document | ShadowRoot, styles: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

function addStyleElement(root: Document | ShadowRoot, styles: string): void {
  const element = document.createElement('style')
  element.textContent = styles
  ;(root instanceof Document ? root.head : root).append(element)
}
