export { createLocalStorage, type LocalStorageDependencies } from './local/create-local-storage.ts'
export { createS3Storage } from './s3/create-s3-storage.ts'
