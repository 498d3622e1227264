import type { Annotation } from '@trellis/contracts'
import { Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, Cell, Checkbox, HeaderCell, IconButton, Table, TableHead, TableRow } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'

export interface AnnotationTableProps {
  readonly rows: readonly Annotation[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void
  readonly openId: string | null
  /** Completion apps answer nothing by annotations. */
  readonly hasHits: boolean
  readonly onEdit: (annotation: Annotation) => void
  readonly onDelete: (annotation: Annotation) => void
  readonly onShowHits: (annotation: Annotation) => void
}

export function AnnotationTable({ rows, chosen, onChoose, openId, hasHits, ...on }: AnnotationTableProps) {
  const { t } = useTranslation('annotations')
  const ids = rows.map(({ id }) => id)
  return (
    <Table className="min-w-160 table-fixed">
      <TableHead>
        <HeaderCell className="w-10">
          <Checkbox
            label={<span className="sr-only">{t('selectAll')}</span>}
            checked={ids.every((id) => chosen.has(id))}
            onCheckedChange={(isChosen) => onChoose(ids, isChosen)}
          />
        </HeaderCell>
        <HeaderCell>{t('columns.question')}</HeaderCell>
        <HeaderCell>{t('columns.answer')}</HeaderCell>
        {hasHits && <HeaderCell className="w-20 text-right">{t('columns.hits')}</HeaderCell>}
        <HeaderCell className="w-32">{t('columns.created')}</HeaderCell>
        <HeaderCell className="w-22" />
      </TableHead>
      <tbody>
        {rows.map((annotation) => (
          <Row
            key={annotation.id}
            annotation={annotation}
            isChosen={chosen.has(annotation.id)}
            onChoose={(isChosen) => onChoose([annotation.id], isChosen)}
            isOpen={annotation.id === openId}
            hasHits={hasHits}
            {...on}
          />
        ))}
      </tbody>
    </Table>
  )
}

interface RowProps extends Pick<AnnotationTableProps, 'hasHits' | 'onEdit' | 'onDelete' | 'onShowHits'> {
  readonly annotation: Annotation
  readonly isChosen: boolean
  readonly onChoose: (isChosen: boolean) => void
  readonly isOpen: boolean
}

function Row({ annotation, isChosen, onChoose, isOpen, hasHits, onEdit, onDelete, onShowHits }: RowProps) {
  const { t } = useTranslation('annotations')
  const format = useFormat()
  const question = annotation.question ?? ''
  const hits = annotation.hit_count ?? 0
  return (
    <TableRow isSelected={isOpen || isChosen}>
      <Cell>
        <Checkbox label={<span className="sr-only">{t('select', { question })}</span>} checked={isChosen} onCheckedChange={onChoose} />
      </Cell>
      <Cell className="truncate font-medium" title={question}>
        {question}
      </Cell>
      <Cell className="truncate text-ink-2" title={annotation.answer ?? ''}>
        {annotation.answer}
      </Cell>
      {hasHits && (
        <Cell className="text-right">
          <Button variant="ghost" size="s" className="font-mono" title={t('showHits')} onClick={() => onShowHits(annotation)}>
            {format.number(hits)}
          </Button>
        </Cell>
      )}
      <Cell className="truncate text-ink-3">{annotation.created_at !== null && format.ago(annotation.created_at)}</Cell>
      <Cell>
        <div className="flex justify-end gap-0.5">
          <IconButton label={t('edit')} size="s" onClick={() => onEdit(annotation)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={t('delete')} size="s" onClick={() => onDelete(annotation)}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      </Cell>
    </TableRow>
  )
}
