import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** The way from one browser to whichever server serves: it keeps its own address, and can be lost. */
export interface Gate {
  readonly url: string
  /** Cuts what is under way and takes nothing more. */
  cut(): void
  /** Lets nothing through any more on what is under way, without a word of it to either side; takes nothing more. */
  silence(): void
  open(): void
  /** Cuts what is under way. New connections let through what is sent, and nothing of what is answered; those that are made once it is open are well. */
  deafen(): void
  /** Keeps back what browsers send until what it returns is called. */
  hold(): () => void
  close(): Promise<void>
}

/** @param upstream address of the server, asked for each connection: it changes when the server comes back */
export async function openGate(upstream: () => string): Promise<Gate> {
  const clients = new Set<Socket>()
  const silent = new Set<Socket>()
  let isOpen = true
  let isHeld = false
  let isDeaf = false
  const server = createServer((client) => {
    if (!isOpen) return void client.destroy()
    const { hostname, port } = new URL(upstream())
    const outward = connect(Number(port), hostname)
    clients.add(client)
    client.pipe(outward)
    if (isDeaf) outward.resume()
    else outward.pipe(client)
    if (isHeld) client.pause()
    const end = (): void => {
      outward.destroy()
      if (silent.has(client)) return
      client.destroy()
      clients.delete(client)
    }
    for (const socket of [client, outward]) socket.on('error', end).on('close', end)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    // It listens on TCP.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isOpen = false
      isDeaf = false
      for (const client of clients) client.destroy()
    },
    silence() {
      isOpen = false
      for (const client of clients) {
        silent.add(client)
        client.unpipe().resume()
        // What the server still sends is taken and lost.
        client.write = () => true
        client.end = () => client
      }
    },
    open() {
      isOpen = true
      isDeaf = false
    },
    deafen() {
      isDeaf = true
      for (const client of clients) client.destroy()
    },
    hold() {
      isHeld = true
      for (const client of clients) client.pause()
      return () => {
        isHeld = false
        for (const client of clients) client.resume()
      }
    },
    async close() {
      isOpen = false
      server.close()
      for (const client of clients) client.destroy()
    },
  }
}
