export { findApp as apps } from './apps.repository.ts'
