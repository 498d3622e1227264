import type { EgressAccess } from '@trellis/kit'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface EgressMetrics {
  /** A request or tunnel through the forward proxy has ended. */
  egressAccess(access: EgressAccess): void
  /** Asked whenever the figures are read. */
  watchEgressConnections(count: () => number): void
}

const passageSeconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600]

export function createEgressMetrics(registers: Registry[]): EgressMetrics {
  const passages = new Counter({
    name: 'trellis_egress_proxy_passages_total',
    help: 'Requests and tunnels through the forward proxy, by kind, outcome and the rule that refused.',
    labelNames: ['kind', 'outcome', 'rule'],
    registers,
  })
  const durations = new Histogram({
    name: 'trellis_egress_proxy_seconds',
    help: 'Duration of requests and tunnels through the forward proxy.',
    labelNames: ['kind'],
    buckets: passageSeconds,
    registers,
  })
  const bytes = new Counter({
    name: 'trellis_egress_proxy_bytes_total',
    help: 'Bytes through the forward proxy, by direction (up: to the other side).',
    labelNames: ['direction'],
    registers,
  })
  return {
    egressAccess({ kind, outcome, rule, durationMs, bytesUp, bytesDown }) {
      passages.inc({ kind, outcome, rule: rule ?? 'none' })
      durations.observe({ kind }, durationMs / 1000)
      bytes.inc({ direction: 'up' }, bytesUp)
      bytes.inc({ direction: 'down' }, bytesDown)
    },
    watchEgressConnections(count) {
      new Gauge({
        name: 'trellis_egress_proxy_connections',
        help: 'Clients that are connected to the forward proxy.',
        registers,
        collect() {
          this.set(count())
        },
      })
    },
  }
}
