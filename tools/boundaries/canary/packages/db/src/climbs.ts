// expect: rung-db
export { cache } from '@trellis/cache'
