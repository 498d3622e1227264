export { createLogSink, type LoggerOptions, type LogSink } from './logger.ts'
export { createMetrics, type Metrics, type MetricsOptions, type RunOutcome } from './metrics.ts'
export { redactFields, redactText } from './redact.ts'
