export { createLogSink, type LogSink } from './logger.ts'
export { createMetrics, type Metrics } from './metrics.ts'
