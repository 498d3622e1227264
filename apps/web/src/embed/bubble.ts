import { createBubbleButton } from './bubble-button.ts'
import { createBubbleWindow } from './bubble-window.ts'
import type { EmbedConfig } from './embed-config.ts'
import { frameAddress } from './frame-address.ts'
import { type FrameLook, frameMessages, readLook } from './frame-messages.ts'
import { labelsOf } from './labels.ts'
import { createPhoneBar } from './phone-bar.ts'
import { adoptStyles, BUTTON_ID, pageStyles } from './styles.ts'

/** What addresses may hold on their way through proxies. */
const LONGEST_ADDRESS = 8_000

/** Puts the button into the page, and the app behind it. A page that has one gets no second. */
export async function startBubble(config: EmbedConfig): Promise<void> {
  if (document.getElementById(BUTTON_ID)) return
  const address = await frameAddress(config)
  if (address.length > LONGEST_ADDRESS) {
    console.warn(`difyChatbotConfig: the address has ${address.length} characters. Pass in less, or the chat may fail to load.`)
  }
  if (!document.getElementById(BUTTON_ID)) createBubble(config, address)
}

function createBubble(config: EmbedConfig, address: string): void {
  const phone = matchMedia('(max-width: 640px)')
  let look: Partial<FrameLook> = {}
  let isOpen = false
  const button = createBubbleButton(config, { onPress: () => turn(!isOpen), onMove: () => show() })
  const bar = createPhoneBar(() => turn(false))
  const frame = createBubbleWindow(address, '')

  function show(): void {
    const labels = labelsOf(look.language ?? navigator.language)
    const isFull = isOpen && phone.matches
    button.show(isOpen, labels)
    button.element.style.visibility = isFull ? 'hidden' : 'visible'
    bar.element.style.display = isFull ? 'block' : 'none'
    bar.show(look.title ?? labels.chat, labels.close)
    frame.element.title = look.title ?? labels.chat
    frame.show(isOpen ? (isFull ? 'phone' : button.place()) : 'hidden')
  }

  function turn(wanted: boolean): void {
    if (wanted === isOpen) return
    isOpen = wanted
    show()
    if (isOpen) frame.focus()
    else button.focus()
  }

  const onMessage = ({ source, origin, data }: MessageEvent): void => {
    if (source !== frame.element.contentWindow || origin !== new URL(address).origin) return
    if (data?.type === frameMessages.close) turn(false)
    if (data?.type !== frameMessages.ready) return
    look = readLook(data.payload)
    for (const [name, value] of [
      ['color', look.color],
      ['ink', look.ink],
    ] as const) {
      if (value !== undefined) document.documentElement.style.setProperty(`--trellis-bubble-${name}`, value)
    }
    show()
  }

  adoptStyles(document, pageStyles)
  window.addEventListener('message', onMessage)
  window.addEventListener('resize', show)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) turn(false)
  })
  show()
  document.body.append(frame.element, bar.element, button.element)
}
