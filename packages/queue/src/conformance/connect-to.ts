import { Redis } from 'ioredis'

/** Connections as an application would make them. */
export function connectTo(url: string): (purpose: 'commands' | 'blocking') => Redis {
  return (purpose) => {
    const connection = new Redis(url, purpose === 'commands' ? { maxRetriesPerRequest: 1 } : { maxRetriesPerRequest: null })
    connection.on('error', () => undefined)
    return connection
  }
}
