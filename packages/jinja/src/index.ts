export type { Limits } from './limits.ts'
export { compileTemplate, type Template, type TemplateOptions } from './template.ts'
export { TemplateError, type TemplateErrorKind } from './template-error.ts'
