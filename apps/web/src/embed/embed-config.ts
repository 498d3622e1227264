/** What a page says in `window.difyChatbotConfig`. */
export interface EmbedConfig {
  readonly token: string
  /** Where the published apps stand, without a slash at its end. */
  readonly baseUrl: string
  readonly inputs: Values
  readonly systemVariables: Values
  readonly userVariables: Values
  readonly isDraggable: boolean
  readonly dragAxis: DragAxis
  /** Of the button's frame: class names, style, attributes, listeners. */
  readonly containerProps: Values
  /** The page's load is over, or not to be waited for. */
  readonly isDynamic: boolean
}

export type DragAxis = 'x' | 'y' | 'both'
export type Values = Readonly<Record<string, unknown>>

export class EmbedFault extends Error {}

/** @throws EmbedFault, in words for whoever writes the page */
export function readEmbedConfig(given: unknown, scriptAddress: string | undefined): EmbedConfig {
  const config = valuesOf(given)
  const { token, baseUrl, dragAxis } = config
  if (typeof token !== 'string' || !/^[\w-]{1,64}$/u.test(token)) {
    throw new EmbedFault(
      'Set window.difyChatbotConfig = { token: "…" } before this script: the token is the last part of the app’s public address.',
    )
  }
  return {
    token,
    baseUrl: readBaseUrl(baseUrl, scriptAddress),
    inputs: valuesOf(config['inputs']),
    systemVariables: valuesOf(config['systemVariables']),
    userVariables: valuesOf(config['userVariables']),
    isDraggable: config['draggable'] === true,
    dragAxis: dragAxis === 'x' || dragAxis === 'y' ? dragAxis : 'both',
    containerProps: valuesOf(config['containerProps']),
    isDynamic: config['dynamicScript'] === true,
  }
}

/** Where it is not said, the apps stand where the script came from. */
function readBaseUrl(given: unknown, scriptAddress: string | undefined): string {
  const text = typeof given === 'string' && given !== '' ? given : (scriptAddress ?? '').replace(/\/[^/]*$/u, '')
  if (!URL.canParse(text) || !/^https?:$/u.test(new URL(text).protocol)) {
    throw new EmbedFault('difyChatbotConfig.baseUrl has to be an address such as "https://apps.example.com".')
  }
  return text.replace(/\/+$/u, '')
}

function valuesOf(value: unknown): Values {
  // Of an object every name may be asked.
  return typeof value === 'object' && value !== null ? (value as Values) : {}
}
