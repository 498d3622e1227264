import type { DocumentFormat } from './document-reader.ts'
import { markupExtensions, textExtensions } from './text/text-extensions.ts'

/** Every family that can be read, one entry each. What a MIME type or an extension names is named once. */
export const formats: readonly DocumentFormat[] = [
  {
    id: 'text',
    mimeTypes: ['text/plain', 'text/markdown', 'text/vtt', 'text/x-java-properties', 'application/javascript', 'application/typescript'],
    extensions: textExtensions,
    load: async () => (await import('./text/read-text.ts')).readText,
  },
  {
    id: 'markup',
    mimeTypes: ['text/html', 'text/xml', 'application/xml', 'application/xhtml+xml'],
    extensions: markupExtensions,
    load: async () => (await import('./text/read-text.ts')).readMarkup,
  },
  {
    id: 'json',
    mimeTypes: ['application/json', 'text/json'],
    extensions: ['json'],
    load: async () => (await import('./json/read-json.ts')).readJson,
  },
  {
    id: 'yaml',
    mimeTypes: ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'],
    extensions: ['yaml', 'yml'],
    load: async () => (await import('./yaml/read-yaml.ts')).readYaml,
  },
  {
    id: 'csv',
    mimeTypes: ['text/csv', 'application/csv', 'text/tab-separated-values'],
    extensions: ['csv', 'tsv'],
    load: async () => (await import('./csv/read-csv.ts')).readCsv,
  },
  {
    id: 'pdf',
    mimeTypes: ['application/pdf', 'application/x-pdf'],
    extensions: ['pdf'],
    container: 'pdf',
    load: async () => (await import('./pdf/read-pdf.ts')).readPdf,
  },
  {
    id: 'docx',
    mimeTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    extensions: ['docx', 'docm', 'dotx'],
    container: 'zip',
    load: async () => (await import('./docx/read-docx.ts')).readDocx,
  },
  {
    id: 'doc',
    mimeTypes: ['application/msword'],
    extensions: ['doc', 'dot'],
    container: 'compound',
    load: async () => (await import('./doc/read-doc.ts')).readDoc,
  },
  {
    id: 'xlsx',
    mimeTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel.sheet.macroenabled.12'],
    extensions: ['xlsx', 'xlsm', 'xltx'],
    container: 'zip',
    load: async () => (await import('./xlsx/read-xlsx.ts')).readXlsx,
  },
  {
    id: 'xls',
    mimeTypes: ['application/vnd.ms-excel', 'application/x-excel', 'application/x-msexcel'],
    extensions: ['xls', 'xlt'],
    container: 'compound',
    load: async () => (await import('./xls/read-xls.ts')).readXls,
  },
  {
    id: 'pptx',
    mimeTypes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    extensions: ['pptx', 'pptm', 'ppsx', 'potx'],
    container: 'zip',
    load: async () => (await import('./pptx/read-pptx.ts')).readPptx,
  },
  {
    id: 'ppt',
    mimeTypes: ['application/vnd.ms-powerpoint'],
    extensions: ['ppt', 'pps', 'pot'],
    container: 'compound',
    load: async () => (await import('./ppt/read-ppt.ts')).readPpt,
  },
  {
    id: 'eml',
    mimeTypes: ['message/rfc822'],
    extensions: ['eml'],
    load: async () => (await import('./eml/read-eml.ts')).readEml,
  },
  {
    id: 'msg',
    mimeTypes: ['application/vnd.ms-outlook'],
    extensions: ['msg'],
    container: 'compound',
    load: async () => (await import('./msg/read-msg.ts')).readMsg,
  },
  {
    id: 'epub',
    mimeTypes: ['application/epub+zip', 'application/epub'],
    extensions: ['epub'],
    container: 'zip',
    load: async () => (await import('./epub/read-epub.ts')).readEpub,
  },
  {
    id: 'odt',
    mimeTypes: ['application/vnd.oasis.opendocument.text'],
    extensions: ['odt', 'ott'],
    container: 'zip',
    load: async () => (await import('./odt/read-odt.ts')).readOdt,
  },
]
