// biome-ignore lint/performance/noReExportAll: a namespace of field shapes, used as wire.x; nothing unlisted reaches the top level
export * as wire from './common/wire.ts'
export { AppError, type AppErrorOptions } from './errors/app-error.ts'
export { type ErrorCode, type ErrorEntry, errorCatalog } from './errors/catalog.ts'
export {
  type BodyInputOf,
  type BodyOf,
  defineRoute,
  type HttpMethod,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type ResponseInputOf,
  type ResponseOf,
  type Role,
  type RouteAuth,
  type RouteContract,
  type Surface,
  surfacePrefix,
} from './routes/define-route.ts'
export {
  isTerminalEvent,
  type LatencyLedger,
  latencyLedgerSchema,
  type RunEvent,
  runEventSchema,
  type Usage,
  usageSchema,
} from './runs/run-event.ts'
