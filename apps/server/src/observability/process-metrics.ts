import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { Counter, Gauge, type Registry } from 'prom-client'

const loopResolutionMs = 100

/** Figures of the process itself, read when they are asked for. prom-client's own set was measured at 23 MB of memory. */
export function registerProcessMetrics(registry: Registry): { close(): void } {
  const registers = [registry]
  const delay = monitorEventLoopDelay({ resolution: loopResolutionMs })
  delay.enable()
  const lag = new Gauge({
    name: 'trellis_event_loop_lag_seconds',
    help: 'How late the event loop was since the figures were last read.',
    labelNames: ['quantile'],
    registers,
    collect() {
      // The monitor counts from the time of its interval on.
      const seconds = (nanoseconds: number) => Math.max(0, (Number.isFinite(nanoseconds) ? nanoseconds : 0) / 1e9 - loopResolutionMs / 1000)
      lag.set({ quantile: '0.5' }, seconds(delay.percentile(50)))
      lag.set({ quantile: '0.99' }, seconds(delay.percentile(99)))
      lag.set({ quantile: '1' }, seconds(delay.max))
      delay.reset()
    },
  })
  let lastUtilization = performance.eventLoopUtilization()
  const utilization = new Gauge({
    name: 'trellis_event_loop_utilization_ratio',
    help: 'Share of the time that the event loop was busy since the figures were last read.',
    registers,
    collect() {
      const now = performance.eventLoopUtilization()
      utilization.set(performance.eventLoopUtilization(now, lastUtilization).utilization)
      lastUtilization = now
    },
  })
  const memory = new Gauge({
    name: 'trellis_memory_bytes',
    help: 'Memory of the process by kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      const { rss, heapUsed, external } = process.memoryUsage()
      memory.set({ kind: 'resident' }, rss)
      memory.set({ kind: 'heap' }, heapUsed)
      memory.set({ kind: 'external' }, external)
    },
  })
  const cpu = new Counter({
    name: 'trellis_cpu_seconds_total',
    help: 'Processor time of the process.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage()
      cpu.reset()
      cpu.inc((user + system) / 1e6)
    },
  })
  const start = new Gauge({ name: 'trellis_start_time_seconds', help: 'When the process started, in seconds since 1970.', registers })
  start.set(Math.round((Date.now() - process.uptime() * 1000) / 1000))
  return { close: () => void delay.disable() }
}
