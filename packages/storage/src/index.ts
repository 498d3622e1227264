export { createLocalStorage, type LocalStorageDependencies } from './local/create-local-storage.ts'
