import { z } from 'zod'
import { uuid } from '../common/wire.ts'
import { budgetChangeSchema, budgetCreateSchema, budgetSchema } from '../entities/budget.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, editing } from '../routes/roles.ts'

const budget = { surface: 'console', tag: 'Budgets' } as const
const params = z.object({ budget_id: uuid })

export const consoleBudgetRoutes = {
  listBudgets: defineRoute({
    ...budget,
    method: 'GET',
    path: '/workspaces/current/budgets',
    summary: 'List the budgets of the workspace, its apps and their keys, with what is used of each',
    auth: editing,
    responses: { 200: z.object({ data: z.array(budgetSchema) }) },
  }),
  createBudget: defineRoute({
    ...budget,
    method: 'POST',
    path: '/workspaces/current/budgets',
    summary: 'Set a budget: for the workspace, an app, or a key of the Service API',
    auth: administering,
    body: budgetCreateSchema,
    responses: { 201: budgetSchema },
    errors: ['app_not_found', 'not_found'],
  }),
  updateBudget: defineRoute({
    ...budget,
    method: 'PATCH',
    path: '/workspaces/current/budgets/:budget_id',
    summary: 'Change a budget; calls meet it at once',
    auth: administering,
    params,
    body: budgetChangeSchema,
    responses: { 200: budgetSchema },
    errors: ['not_found'],
  }),
  deleteBudget: defineRoute({
    ...budget,
    method: 'DELETE',
    path: '/workspaces/current/budgets/:budget_id',
    summary: 'Delete a budget: nothing is refused for its sake any more',
    auth: administering,
    params,
    responses: { 204: null },
    errors: ['not_found'],
  }),
}
