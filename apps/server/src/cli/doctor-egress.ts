import { connect } from 'node:net'
import type { Config } from '@trellis/config'
import type { Verdict } from './doctor.ts'

/** The policy for outgoing requests that is in force. */
export interface EgressProbe {
  readonly allowedHosts: readonly string[]
  readonly allowsPrivateModelEndpoints: boolean
  readonly verifiesCertificates: boolean
  /** Without their passwords. */
  readonly proxies: readonly { readonly address: string; readonly answers: boolean }[]
}

const CONNECT_TIMEOUT_MS = 3_000

export async function probeEgress({ egress, httpRequest }: Config): Promise<EgressProbe> {
  const urls = new Set(Object.values(egress.proxies).filter((url) => url !== undefined))
  return {
    allowedHosts: egress.allowedHosts,
    allowsPrivateModelEndpoints: egress.allowsPrivateModelEndpoints,
    verifiesCertificates: httpRequest.verifiesCertificates,
    proxies: await Promise.all(
      [...urls].map(async (text) => {
        const url = new URL(text)
        return { address: url.origin, answers: await doesAnswer(url) }
      }),
    ),
  }
}

function doesAnswer({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) || (protocol === 'https:' ? 443 : 80) })
    const end = (answers: boolean) => {
      socket.destroy()
      resolve(answers)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

export function judgeEgress(probe: EgressProbe): Verdict {
  const { allowedHosts, proxies } = probe
  const way = proxies.length === 0 ? 'directly' : `through ${proxies.map(({ address }) => address).join(' and ')}`
  const opened = allowedHosts.length === 0 ? 'public addresses' : `public addresses and ${allowedHosts.join(', ')}`
  const text = [
    `Apps and what they name reach ${opened}, ${way}.`,
    `Model servers may be ${probe.allowsPrivateModelEndpoints ? 'private' : 'public only'}.`,
    'Metadata addresses are closed to both.',
  ].join(' ')
  const silent = proxies.filter(({ answers }) => !answers)
  if (silent.length > 0) {
    const names = silent.map(({ address }) => address).join(', ')
    return {
      status: 'failed',
      text: `${text} ${names} does not answer.`,
      remedy: 'Start the forward proxy, or mend SSRF_PROXY_ALL_URL, SSRF_PROXY_HTTP_URL and SSRF_PROXY_HTTPS_URL.',
    }
  }
  if (allowedHosts.some((entry) => entry.endsWith('/0'))) {
    const remedy = 'Name the hosts and networks that apps need in EGRESS_ALLOWED_HOSTS.'
    return { status: 'warning', text: `${text} That is every address: whoever builds an app reaches your network.`, remedy }
  }
  if (!probe.verifiesCertificates) {
    const remedy = 'Set HTTP_REQUEST_NODE_SSL_VERIFY=true, and turn it off in the nodes that need it.'
    return { status: 'warning', text: `${text} HTTP nodes accept every certificate.`, remedy }
  }
  return { status: 'ok', text }
}
