import { updateDict } from '../methods/containers.ts'
import { PyFunction, typeFunction } from '../objects/callables.ts'
import { Dict } from '../objects/dict.ts'
import type { PyValue } from '../objects/py-object.ts'
import { PyRange } from '../objects/sequences.ts'
import { define } from '../objects/signature.ts'
import { toIndex } from '../objects/types.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { loremIpsum } from './lorem-ipsum.ts'
import { Cycler, Joiner, Namespace } from './namespace.ts'

/** More than that no range has; going through one is counted item by item. */
const MAX_RANGE = 10_000_000

function makeRange({ positional }: Arguments, run: Run): PyValue {
  const count = positional.length
  if (count === 0) throw new TemplateError('TypeError', 'range expected at least 1 argument, got 0')
  if (count > 3) throw new TemplateError('TypeError', `range expected at most 3 arguments, got ${count}`)
  const [first = 0, second = 0, step = 1] = positional.map(toIndex)
  const range = count === 1 ? new PyRange(0, first, 1) : new PyRange(first, second, step)
  if (range.count > MAX_RANGE) throw new TemplateError('LimitError', `A range of more than ${MAX_RANGE} items is refused.`)
  run.budget.spend(1)
  return range
}

function makeDict(args: Arguments, run: Run): Dict {
  const dict = new Dict()
  updateDict(dict, args, run, 'dict')
  return dict
}

const LIPSUM = define(
  'generate_lorem_ipsum',
  [
    ['n', 5],
    ['html', true],
    ['min', 20],
    ['max', 100],
  ],
  loremIpsum,
)

/** The names that every template knows. */
export const globals: ReadonlyMap<string, PyValue> = new Map<string, PyValue>([
  ['range', typeFunction('range', makeRange)],
  ['dict', typeFunction('dict', makeDict)],
  ['lipsum', new PyFunction('<function generate_lorem_ipsum>', 'function', LIPSUM)],
  ['cycler', typeFunction('jinja2.utils.Cycler', ({ positional }) => new Cycler(positional))],
  [
    'joiner',
    typeFunction(
      'jinja2.utils.Joiner',
      define('Joiner.__init__', [['sep', ', ']], (_run, separator) => new Joiner(separator)),
    ),
  ],
  ['namespace', typeFunction('jinja2.utils.Namespace', (args, run) => new Namespace(makeDict(args, run)))],
])
