export { checkSubmission } from './human-input/check-submission.ts'
export { type FormInput, readFormInput } from './human-input/config.ts'
export { fillForm } from './human-input/fill-form.ts'
export { findNodeType, listNodeTypes } from './registry.ts'
