import type { HttpClient } from './http-client.ts'
import type { Budget, BudgetChange, BudgetCreate, ModelUsage, UsageQuery } from './types/usage.ts'

/** What models used and cost, and what may be spent. */
export interface UsageApi {
  report(query: UsageQuery): Promise<ModelUsage>
  /** The same by day, app, key, person, model and purpose, as CSV. */
  export(query: UsageQuery): Promise<Blob>
  /** Oldest first. */
  budgets(): Promise<readonly Budget[]>
  createBudget(input: BudgetCreate): Promise<Budget>
  changeBudget(id: string, change: BudgetChange): Promise<Budget>
  deleteBudget(id: string): Promise<void>
}

export function createUsageApi(http: HttpClient): UsageApi {
  return {
    report: (query) => http.get('/workspaces/current/usage', { query: { ...query } }),
    export: (query) => http.download('/workspaces/current/usage/export', { query: { ...query } }),
    budgets: async () => (await http.get<{ data: readonly Budget[] }>('/workspaces/current/budgets')).data,
    createBudget: (input) => http.post('/workspaces/current/budgets', input),
    changeBudget: (id, change) => http.patch(`/workspaces/current/budgets/${id}`, change),
    deleteBudget: (id) => http.delete(`/workspaces/current/budgets/${id}`),
  }
}
