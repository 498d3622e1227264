import { compileTemplate, TemplateError } from '@trellis/jinja'
import type { Value } from '@trellis/values'
import { NodeError } from '../model-call/node-error.ts'

/** Renders a Jinja2 template of an app's, within the bounds that hold for all of them. @throws NodeError `TemplateRenderError` */
export function renderJinja(source: string, variables: Readonly<Record<string, Value>>): string {
  try {
    return compileTemplate(source).render(variables)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new NodeError('TemplateRenderError', `The Jinja2 template of the prompt failed: ${error.message}`, { cause: error })
  }
}
