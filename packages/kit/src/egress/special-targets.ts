import { type AddressGroups, parseAddress } from './address.ts'

/** Names of metadata services, for the case that somebody else (a proxy) resolves them. */
export const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.tencentyun.com',
  'metadata.azure.internal',
  'metadata.platformequinix.com',
  'metadata.packet.net',
])

/** Names that are this machine by RFC 6761 or by the hosts files of the usual systems. */
export const LOOPBACK_NAME = /^(?:(?:.*\.)?localhost|localhost\d?\.localdomain\d?|ip6-localhost|ip6-loopback)$/

export const LOOPBACK_ADDRESSES: readonly AddressGroups[] = ['127.0.0.1', '::1'].map((text) => parseAddress(text) ?? [])

/** The ports below 1025 that Dify's proxy lets through: what speaks HTTP there. Mail, shells and shares are no targets of a web request. */
const SAFE_LOW_PORTS: ReadonlySet<number> = new Set([21, 70, 80, 210, 280, 443, 488, 591, 777])

export function isSafePort(port: number): boolean {
  return port > 1024 || SAFE_LOW_PORTS.has(port)
}
