import type { MultipartFile } from '@trellis/kit'

/** A file of a form, read. */
export type FormFile = MultipartFile & { readonly content: Uint8Array }

/** Stands in records for the boundary, which is another in each request. */
export const FORM_BOUNDARY = '----WebKitFormBoundary'

/** The fields of a form as records show them. */
export function logFields(fields: readonly (readonly [string, string])[]): string {
  return fields.length === 0 ? '' : `${fields.map(([name, value]) => `${head(name)}${value}\r\n`).join('')}${END}`
}

/** The files of a form: not what is in them. */
export function logFiles(files: readonly FormFile[]): string {
  const parts = files.map(({ name, filename, contentType, content }) => {
    const description = `'${filename || 'unknown'}', type='${contentType}', size=${content.length} bytes`
    return `${head(name)}<file_content_binary: ${description}>\r\n`
  })
  return `${parts.join('')}${END}`
}

const END = `--${FORM_BOUNDARY}--\r\n`
const head = (name: string): string => `--${FORM_BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`
