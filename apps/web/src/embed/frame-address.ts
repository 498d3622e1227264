import { compressText } from './compressed-text.ts'
import type { EmbedConfig, Values } from './embed-config.ts'

type Passed = Pick<EmbedConfig, 'baseUrl' | 'token' | 'inputs' | 'systemVariables' | 'userVariables'>

/** The address of an app's page in a frame, with what is passed in to it. */
export async function frameAddress({ baseUrl, token, inputs, systemVariables, userVariables }: Passed): Promise<string> {
  const parameters = await Promise.all([...named('', inputs), ...named('sys.', systemVariables), ...named('user.', userVariables)])
  const query = new URLSearchParams(parameters).toString()
  return `${baseUrl}/chatbot/${token}${query && `?${query}`}`
}

function named(prefix: string, values: Values): Promise<[string, string]>[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && typeof value !== 'function')
    .map(
      async ([name, value]): Promise<[string, string]> => [
        `${prefix}${name}`,
        await packed(typeof value === 'object' ? JSON.stringify(value) : String(value)),
      ],
    )
}

/** Browsers that cannot compress pass the text as it is: the page takes both. */
const packed = async (text: string): Promise<string> => ('CompressionStream' in globalThis ? compressText(text) : text)
