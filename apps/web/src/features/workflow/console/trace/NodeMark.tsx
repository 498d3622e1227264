import { Bot, Braces, Code, Flag, GitBranch, Globe, type LucideIcon, MessageSquare, Play, Repeat, Search, User, Wrench } from 'lucide-react'
import { cx } from '../../../../design/index.ts'

interface Look {
  readonly Icon: LucideIcon
  readonly className: string
}

const model = 'text-model'
const logic = 'text-logic'
const data = 'text-data'
const code = 'text-code'
const io = 'text-io'

/** Node types by family (the colours of the design); others are tools. */
const looks: Readonly<Record<string, Look>> = {
  start: { Icon: Play, className: io },
  end: { Icon: Flag, className: io },
  answer: { Icon: MessageSquare, className: io },
  'trigger-webhook': { Icon: Play, className: io },
  'trigger-schedule': { Icon: Play, className: io },
  llm: { Icon: Bot, className: model },
  agent: { Icon: Bot, className: model },
  'question-classifier': { Icon: Bot, className: model },
  'parameter-extractor': { Icon: Bot, className: model },
  'if-else': { Icon: GitBranch, className: logic },
  iteration: { Icon: Repeat, className: logic },
  loop: { Icon: Repeat, className: logic },
  code: { Icon: Code, className: code },
  'template-transform': { Icon: Braces, className: code },
  'http-request': { Icon: Globe, className: data },
  'variable-aggregator': { Icon: Braces, className: data },
  'variable-assigner': { Icon: Braces, className: data },
  assigner: { Icon: Braces, className: data },
  'list-operator': { Icon: Braces, className: data },
  'document-extractor': { Icon: Braces, className: data },
  'knowledge-retrieval': { Icon: Search, className: 'text-know' },
  'human-input': { Icon: User, className: 'text-human' },
}
const tool: Look = { Icon: Wrench, className: data }

/** The sign of a node's type. */
export function NodeMark({ type }: { readonly type: string }) {
  const { Icon, className } = looks[type] ?? tool
  return <Icon size={14} aria-hidden className={cx('shrink-0', className)} />
}
