import { formatCount, tooLarge } from '../failures.ts'
import type { ExtractionLimits } from '../limits.ts'
import { toMarkdownTable } from '../text-forms/markdown-table.ts'

/** Counts the cells of a whole workbook, so that many sheets cost no more than one. */
export class CellBudget {
  private left: number
  private readonly max: number

  constructor({ cells }: Pick<ExtractionLimits, 'cells'>) {
    this.max = cells
    this.left = cells
  }

  take(cells: number): void {
    this.left -= cells
    if (this.left < 0) throw tooLarge(`it has more than ${formatCount(this.max)} cells`)
  }
}

/** Cells as they come, anywhere on a sheet. */
export class SheetTable {
  private readonly rows = new Map<number, Map<number, string>>()
  private readonly columns = new Set<number>()
  private readonly budget: CellBudget

  constructor(budget: CellBudget) {
    this.budget = budget
  }

  set(row: number, column: number, text: string): void {
    if (text.trim() === '') return
    this.budget.take(1)
    const cells = this.rows.get(row) ?? new Map<number, string>()
    cells.set(column, text)
    this.rows.set(row, cells)
    this.columns.add(column)
  }

  /** Rows and columns without any text are left out: a cell far away makes no large table. */
  toMarkdown(): string {
    this.budget.take(this.rows.size * this.columns.size)
    const columns = [...this.columns].sort((left, right) => left - right)
    const rows = [...this.rows].sort(([left], [right]) => left - right)
    return toMarkdownTable(rows.map(([, cells]) => columns.map((column) => cells.get(column) ?? '')))
  }
}
