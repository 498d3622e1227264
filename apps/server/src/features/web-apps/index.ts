export { createPassports, type Passports } from './passports.ts'
export { mountWebAppRoutes } from './web-app.routes.ts'
export { createWebSiteReader, type WebSiteReader } from './web-site.ts'
