export { findNodeType } from './registry.ts'
