import { Plus, Search, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  AppIcon,
  Avatar,
  Button,
  Card,
  Cell,
  Checkbox,
  Chip,
  ConfirmDialog,
  CopyButton,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  HeaderCell,
  IconButton,
  Kbd,
  Logo,
  Menu,
  Notice,
  Popover,
  ProgressBar,
  Select,
  Skeleton,
  Spinner,
  Switch,
  Table,
  TableHead,
  TableRow,
  TabStrip,
  Tabs,
  TextArea,
  TextField,
  Tooltip,
  useToast,
} from '../index.ts'

/** For developers only (its texts are not translated): every primitive, in both themes, side by side. */
export function GalleryPage() {
  return (
    <div className="grid grid-cols-2">
      {(['light', 'dark'] as const).map((theme) => (
        <div key={theme} data-theme={theme} className="flex min-h-dvh flex-col gap-6 bg-bg p-8 text-ink">
          <h1 className="text-2xl font-semibold">Primitives, {theme}</h1>
          <Buttons />
          <Fields />
          <Overlays />
          <States />
        </div>
      ))}
    </div>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card className="p-5">
      <h2 className="mb-3 text-s font-medium text-ink-3">{title}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </Card>
  )
}

function Buttons() {
  return (
    <Group title="Buttons, chips, marks">
      <Button variant="primary" icon={<Plus size={14} />}>
        Primary
      </Button>
      <Button>Default</Button>
      <Button variant="ghost">Ghost</Button>
      <Button variant="danger">Danger</Button>
      <Button variant="link">Link</Button>
      <Button isBusy>Busy</Button>
      <Button disabled>Disabled</Button>
      <Button size="s">Small</Button>
      <Button size="l">Large</Button>
      <IconButton label="Delete">
        <Trash2 size={15} />
      </IconButton>
      <CopyButton text="copied" />
      {(['neutral', 'accent', 'ok', 'warn', 'bad', 'info'] as const).map((tone) => (
        <Chip key={tone} tone={tone}>
          {tone}
        </Chip>
      ))}
      <Kbd>⌘K</Kbd>
      <Logo />
      <Spinner />
      <Avatar name="Ada Lovelace" />
      <AppIcon icon="🧭" />
    </Group>
  )
}

function Fields() {
  const [text, setText] = useState('')
  const [choice, setChoice] = useState<'a' | 'b' | null>(null)
  const [isOn, setOn] = useState(true)
  const [tab, setTab] = useState<'one' | 'two'>('one')
  return (
    <Group title="Fields">
      <TextField label="Text" required placeholder="Placeholder" value={text} onValueChange={setText} className="w-50" />
      <TextField label="With an error" value={text} onValueChange={setText} error="This is needed." className="w-50" />
      <TextField
        aria-label="Search"
        leading={<Search size={14} />}
        placeholder="Search"
        value={text}
        onValueChange={setText}
        className="w-50"
      />
      <Select
        label="Choice"
        className="w-50"
        placeholder="Choose…"
        options={[
          { value: 'a', label: 'First' },
          { value: 'b', label: 'Second' },
        ]}
        value={choice}
        onValueChange={setChoice}
      />
      <TextArea label="Longer text" value={text} onValueChange={setText} className="w-105" />
      <Field label="A control of one’s own" hint="Named and explained by the field" aside="3 of 5" className="w-50">
        <ProgressBar label="Progress" value={3} max={5} />
      </Field>
      <Checkbox label="Checkbox" checked={isOn} onCheckedChange={setOn} />
      <Switch label="Switch" hint="With a hint" checked={isOn} onCheckedChange={setOn} />
      <Tabs
        label="Tabs"
        items={[
          { value: 'one', label: 'One' },
          { value: 'two', label: 'Two' },
        ]}
        value={tab}
        onValueChange={setTab}
      />
      <TabStrip at="strip" aria-label="Tab strip" className="flex w-40 gap-2 overflow-x-auto">
        {['Orchestrate', 'Logs', 'Monitoring'].map((page) => (
          <a key={page} href="#strip" aria-current={page === 'Monitoring' ? 'page' : undefined} className="shrink-0 hover:underline">
            {page}
          </a>
        ))}
      </TabStrip>
    </Group>
  )
}

function Overlays() {
  const toast = useToast()
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null)
  return (
    <Group title="Overlays (in the page's own theme)">
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('confirm')}>Confirm</Button>
      <Menu
        trigger={<Button>Menu</Button>}
        groups={[[{ label: 'Edit', onSelect: () => undefined }], [{ label: 'Delete', isDestructive: true, onSelect: () => undefined }]]}
      />
      <Popover trigger={<Button>Popover</Button>}>Anything that needs room for a moment</Popover>
      <Tooltip content="What the picture means">
        <Button>Tooltip</Button>
      </Tooltip>
      <Button onClick={() => toast.success('Saved', { label: 'Undo', onSelect: () => undefined })}>Toast</Button>
      <Button onClick={() => toast.error('That did not work', 'The server cannot be reached.')}>Error toast</Button>
      <Dialog
        isOpen={open === 'dialog'}
        onOpenChange={() => setOpen(null)}
        title="A dialog"
        description="With a sentence about it."
        footer={<Button variant="primary">Done</Button>}
      >
        <p>Content</p>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onOpenChange={() => setOpen(null)}
        title="Delete it?"
        consequence="What is lost is said here."
        confirmLabel="Delete"
        onConfirm={() => setOpen(null)}
      />
    </Group>
  )
}

function States() {
  return (
    <Group title="States">
      <Notice tone="info">Something to know.</Notice>
      <Notice tone="warn">Something to look at.</Notice>
      <Notice tone="bad">Something that failed.</Notice>
      <Skeleton className="h-8 w-full" />
      <Table>
        <TableHead>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Value</HeaderCell>
        </TableHead>
        <tbody>
          <TableRow>
            <Cell>One</Cell>
            <Cell>1</Cell>
          </TableRow>
        </tbody>
      </Table>
      <EmptyState title="Nothing here yet" description="Say how to begin." action={<Button variant="primary">Begin</Button>} />
      <ErrorState title="This could not be loaded" message="Say what to do." onRetry={() => undefined} />
    </Group>
  )
}
