import type { Value } from '@trellis/values'
import { type Execute, Scope } from './compile/scope.ts'
import { SelfReference } from './compile/self-reference.ts'
import { compileBody, markRoot } from './compile/statements.ts'
import { filters } from './filters/filters.ts'
import { globals } from './globals/globals.ts'
import { Budget, type Limits } from './limits.ts'
import { findAttribute, getAttribute, getItem, heldItem } from './objects/attributes.ts'
import { fromValue } from './objects/from-value.ts'
import type { PyValue } from './objects/py-object.ts'
import { Run } from './run.ts'
import { parseTemplate } from './syntax/parse-template.ts'
import { TemplateError } from './template-error.ts'
import { tests } from './tests.ts'

export interface TemplateOptions {
  /** Whether what is printed is escaped for HTML; off, as in Jinja's default environment. */
  readonly autoescape?: boolean
  /** Where `random` and `lipsum` take their choices from: numbers from 0 up to 1. Without it they choose the first. */
  readonly random?: () => number
}

export interface Template {
  /**
   * What the template prints for the variables, which stay as they are. Throws a TemplateError: Python's errors by their kind,
   * LimitError where the rendering takes more than it may.
   */
  render(variables: Readonly<Record<string, Value>>, limits?: Limits): string
}

/** Compiles a Jinja2 template. Throws a TemplateError of kind TemplateSyntaxError or TemplateAssertionError. */
export function compileTemplate(source: string, options: TemplateOptions = {}): Template {
  const blocks = new Map<string, Execute>()
  const execute = withoutOverflow(() =>
    compileBody(parseTemplate(source), { isSoft: false, isTopLevel: true, isEscaping: options.autoescape ?? false, blocks }),
  )
  const runtime = {
    attribute: getAttribute,
    ownAttribute: findAttribute,
    heldItem,
    item: getItem,
    filter: (name: string) => filters.get(name),
    test: (name: string) => tests.get(name),
    random: options.random ?? (() => 0),
  }
  return {
    render(variables, limits) {
      const run = new Run(new Budget(limits), runtime, options.autoescape ?? false)
      const names = new Variables(variables, run)
      const scope = new Scope(run, names)
      names.self = new SelfReference(blocks, scope)
      markRoot(scope)
      withoutOverflow(() => execute(scope))
      return run.written
    },
  }
}

/** What the template is given, turned into its own values when it asks for them, and behind that what every template has. */
class Variables {
  self: PyValue | undefined
  private readonly given: Readonly<Record<string, Value>>
  private readonly run: Run
  private readonly known = new Map<string, PyValue>()

  constructor(given: Readonly<Record<string, Value>>, run: Run) {
    this.given = given
    this.run = run
  }

  get(name: string): PyValue | undefined {
    if (name === 'self') return this.self
    const known = this.known.get(name)
    if (known !== undefined) return known
    if (!Object.hasOwn(this.given, name)) return globals.get(name)
    const value = fromValue(this.given[name] ?? null, this.run)
    this.known.set(name, value)
    return value
  }
}

/** JavaScript's own ends, of its stack and of what it can hold, as errors of the template. */
function withoutOverflow<Result>(action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    if (/call stack/.test(error.message)) throw new TemplateError('RecursionError', 'maximum recursion depth exceeded')
    throw new TemplateError('LimitError', `The template asks for more than there is: ${error.message}`)
  }
}
