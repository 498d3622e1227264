import type { Authorization } from './config.ts'
import { HttpRequestError } from './http-request-error.ts'
import type { Render } from './rendered.ts'

export interface AuthorizationHeader {
  readonly name: string
  readonly value: string
}

/** The header by which the node says who it is; undefined where it need not. @throws HttpRequestError */
export function authorizationHeader({ type, config }: Authorization, render: Render): AuthorizationHeader | undefined {
  if (type === 'no-auth') return undefined
  if (!config?.type) {
    throw new HttpRequestError('AuthorizationConfigError', 'The authorization has no type. Choose basic, bearer or custom in the node.')
  }
  const key = render(config.api_key).text
  if (key.trim() === '') {
    throw new HttpRequestError(
      'AuthorizationConfigError',
      'The API key of the authorization is empty. Enter one, or check the variable that it comes from.',
    )
  }
  const name = config.header || 'Authorization'
  switch (config.type) {
    case 'bearer':
      return { name, value: `Bearer ${key}` }
    case 'basic':
      return { name, value: `Basic ${encodeBasic(key)}` }
    case 'custom':
      return { name, value: key }
  }
}

/** Name and password are encoded; without a colon they have been already. */
const encodeBasic = (key: string): string => (key.includes(':') ? Buffer.from(key, 'utf8').toString('base64') : key)
