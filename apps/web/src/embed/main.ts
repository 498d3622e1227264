import { startBubble } from './bubble.ts'
import { EmbedFault, readEmbedConfig } from './embed-config.ts'

/** The script that other people's pages load: a button that opens an app of ours in a window. */
function start(): void {
  const script = document.currentScript
  const address = script instanceof HTMLScriptElement ? script.src : undefined
  try {
    const config = readEmbedConfig(Reflect.get(window, 'difyChatbotConfig'), address)
    const begin = () => void startBubble(config)
    if (config.isDynamic || document.readyState === 'complete') begin()
    else window.addEventListener('load', begin, { once: true })
  } catch (error) {
    // Of no use to a page's visitors: its makers read it here.
    if (!(error instanceof EmbedFault)) throw error
    console.error(error.message)
  }
}

start()
