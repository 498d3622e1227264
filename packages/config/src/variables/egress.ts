import { isIP } from 'node:net'
import { address, decimal, flag, list, optional, port, wholeNumber, withDefault } from '../kinds.ts'

const seconds = decimal({ minimum: 0.1 })
const proxy = address(['http', 'https'])
const bytes = wholeNumber({ minimum: 1 })
/** Squid's lists have spaces between their entries, ours commas: these take both. */
const spaceOrComma = /[\s,]+/

function isAddressOrRange(part: string): boolean {
  const [network = '', length, ...rest] = part.split('/')
  const family = isIP(network)
  if (length === undefined) return family !== 0
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128)
}

const isHost = (part: string): boolean => /^(\*\.|\.)?[\w-]+(\.[\w-]+)*\.?$/.test(part)

/** `example.com`, `*.example.com`, `10.0.0.5`, `10.0.0.0/8`, `fd00::/8` */
const isHostOrRange = (part: string): boolean => isAddressOrRange(part) || isHost(part)

export const egressVariables = {
  EGRESS_ALLOWED_HOSTS: optional(list('host names, addresses or ranges such as 10.0.0.0/8, comma-separated', isHostOrRange), {
    group: 'egress',
    description:
      'Private hosts, addresses and ranges that content may reach all the same, at any port: `host`, `*.host` (all below it), `.host` (both), `10.0.0.5`, `10.0.0.0/8`. Metadata addresses stay closed.',
    defaultNote: 'none',
  }),
  SSRF_PROXY_ALLOW_PRIVATE_IPS: optional(list('addresses or ranges such as 10.0.0.0/8', isAddressOrRange, spaceOrComma), {
    group: 'egress',
    description: 'The same, as Dify names it: addresses and ranges alone.',
    defaultNote: 'none',
  }),
  SSRF_PROXY_ALLOW_PRIVATE_DOMAINS: optional(list('host names', isHost, spaceOrComma), {
    group: 'egress',
    description: 'The same, as Dify names it: host names alone; `.host` is the host and all below it.',
    defaultNote: 'none',
  }),
  MODEL_ENDPOINT_ALLOW_PRIVATE: optional(flag(), {
    group: 'egress',
    description:
      'Administrators may name model servers at private addresses (Ollama, vLLM, ...). Where `ALLOW_REGISTER` and `ALLOW_CREATE_WORKSPACE` are both on, anybody makes themselves the administrator of a workspace: then only if this says so; `EGRESS_ALLOWED_HOSTS` opens single servers.',
    defaultNote: '`true`; `false` where anybody may register and make a workspace',
  }),
  SSRF_PROXY_ALL_URL: optional(proxy, {
    group: 'egress',
    secret: true,
    description:
      'Forward proxy (Squid, or the role `ssrf-proxy`) for every request that content asks for. The role itself does not read it.',
  }),
  SSRF_PROXY_HTTP_URL: optional(proxy, {
    group: 'egress',
    secret: true,
    description: 'The same for http addresses, where `SSRF_PROXY_ALL_URL` is not set.',
  }),
  SSRF_PROXY_HTTPS_URL: optional(proxy, {
    group: 'egress',
    secret: true,
    description: 'The same for https addresses, where `SSRF_PROXY_ALL_URL` is not set.',
  }),
  SSRF_DEFAULT_TIME_OUT: withDefault('5', seconds, {
    group: 'egress',
    description: 'Time limit of requests that content asks for, in seconds, where the two below are silent.',
  }),
  SSRF_DEFAULT_CONNECT_TIME_OUT: optional(seconds, { group: 'egress', description: 'Until the connection stands, in seconds.' }),
  SSRF_DEFAULT_READ_TIME_OUT: optional(seconds, { group: 'egress', description: 'Longest silence while reading, in seconds.' }),
  SSRF_DEFAULT_MAX_RETRIES: withDefault('3', wholeNumber({ minimum: 0, maximum: 20 }), {
    group: 'egress',
    description:
      'Times that a file which a link names is asked for again, after a failed connection or an answer of 429, 500, 502, 503 or 504: 0.5 s later, then 1 s, 2 s and so on.',
  }),
}

export const httpRequestVariables = {
  HTTP_REQUEST_MAX_CONNECT_TIMEOUT: withDefault('10', seconds, {
    group: 'egress',
    description: 'HTTP nodes: until the connection stands, in seconds; the longest that a node may ask for, and what it has by default.',
  }),
  HTTP_REQUEST_MAX_READ_TIMEOUT: withDefault('600', seconds, {
    group: 'egress',
    description: 'HTTP nodes: longest silence while reading, in seconds; the same.',
  }),
  HTTP_REQUEST_MAX_WRITE_TIMEOUT: withDefault('600', seconds, {
    group: 'egress',
    description: 'HTTP nodes: longest time in which the other side takes nothing of the request, in seconds; the same.',
  }),
  HTTP_REQUEST_NODE_MAX_BINARY_SIZE: withDefault('10485760', bytes, {
    group: 'egress',
    description: 'HTTP nodes: largest answer that is a file, in bytes.',
  }),
  HTTP_REQUEST_NODE_MAX_TEXT_SIZE: withDefault('1048576', bytes, {
    group: 'egress',
    description: 'HTTP nodes: largest answer that is text, in bytes.',
  }),
  HTTP_REQUEST_NODE_SSL_VERIFY: withDefault('true', flag(), {
    group: 'egress',
    description: 'HTTP nodes that say nothing about it accept only certificates that can be trusted.',
  }),
}

const proxying = ['ssrf-proxy'] as const

export const egressProxyVariables = {
  SSRF_HTTP_PORT: withDefault('3128', port(), {
    group: 'egress',
    roles: proxying,
    description: 'Port of the forward proxy; its address is `DIFY_BIND_ADDRESS`.',
  }),
  EGRESS_PROXY_CONNECT_PORTS: withDefault(
    '443',
    list('ports, comma-separated', (part) => /^\d{1,5}$/.test(part) && Number(part) >= 1 && Number(part) <= 65_535),
    {
      group: 'egress',
      roles: proxying,
      description: 'Ports to which the forward proxy lets tunnels through; hosts of `EGRESS_ALLOWED_HOSTS` have all.',
    },
  ),
  EGRESS_PROXY_MAX_CONNECTIONS: withDefault('500', wholeNumber({ minimum: 1, maximum: 100_000 }), {
    group: 'egress',
    roles: proxying,
    description: 'Clients of the forward proxy at a time.',
  }),
  EGRESS_PROXY_IDLE_TIMEOUT: withDefault('120', seconds, {
    group: 'egress',
    roles: proxying,
    description: 'Longest silence of a request or tunnel through the forward proxy, in seconds.',
  }),
  EGRESS_PROXY_TOTAL_TIMEOUT: withDefault('600', seconds, {
    group: 'egress',
    roles: proxying,
    description: 'Longest request or tunnel through the forward proxy, in seconds.',
  }),
  EGRESS_PROXY_MAX_SIZE: withDefault('100', wholeNumber({ minimum: 1, maximum: 1_048_576 }), {
    group: 'egress',
    roles: proxying,
    description: 'Most that goes one way in one request or tunnel through the forward proxy, in MB.',
  }),
}
