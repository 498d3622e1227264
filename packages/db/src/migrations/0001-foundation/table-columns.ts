import type { CreateTableBuilder } from 'kysely'
import { columnTypes as type } from '../columns.ts'

export type Table = CreateTableBuilder<string, string>

export const idColumn = (table: Table): Table => table.addColumn('id', type.id, (column) => column.primaryKey())
export const required =
  (columns: Record<string, (typeof type)[keyof typeof type]>) =>
  (table: Table): Table =>
    Object.entries(columns).reduce((built, [name, dataType]) => built.addColumn(name, dataType, (column) => column.notNull()), table)
export const optional =
  (columns: Record<string, (typeof type)[keyof typeof type]>) =>
  (table: Table): Table =>
    Object.entries(columns).reduce((built, [name, dataType]) => built.addColumn(name, dataType), table)
