export { findNodeType, listNodeTypes } from './registry.ts'
