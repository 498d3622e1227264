export {
  FILE_IDENTITY,
  type FileType,
  type FileValue,
  isFile,
  readFileAttribute,
  type TransferMethod,
  toFileMarkdown,
} from './file-value.ts'
export { filesOf, obfuscate, type Rendering, renderVariable } from './render.ts'
export {
  filesInTemplate,
  parseTemplate,
  renderTemplate,
  resolveTemplate,
  selectorsOf,
  type Template,
  type TemplatePart,
} from './template.ts'
export { declareVariable, Variable } from './variable.ts'
export { type Selector, VariablePool, type VariableReader } from './variable-pool.ts'
export {
  declaredTypeOf,
  fitsArray,
  inferType,
  isArrayType,
  TypeMismatchError,
  type VariableType,
  variableTypes,
  zeroOf,
} from './variable-type.ts'
