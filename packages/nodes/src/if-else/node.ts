import type { Dict } from '@trellis/values'
import { z } from 'zod'
import {
  type Condition,
  conditionSchema,
  inputsOfConditions,
  type LogicalOperator,
  logicalOperatorSchema,
} from '../conditions/condition.ts'
import { evaluate, type Verdict } from '../conditions/evaluate.ts'
import { ConditionError } from '../conditions/operators.ts'
import { defineNode } from '../define-node.ts'

interface Case {
  /** The edge by which the node leaves where this case is the first that is met. */
  readonly id: string
  readonly logicalOperator: LogicalOperator
  readonly conditions: readonly Condition[]
}

const caseSchema = z
  .looseObject({ case_id: z.string(), logical_operator: logicalOperatorSchema, conditions: z.array(conditionSchema).catch([]) })
  .transform(({ case_id, logical_operator, conditions }): Case => ({ id: case_id, logicalOperator: logical_operator, conditions }))

const ELSE = 'false'

/** Goes one of several ways (workflow spec 2.9). Older files have one case, at the top of the data. */
export const ifElseNode = defineNode(
  {
    type: 'if-else',
    executionClass: 'branch',
    defaults: () => ({ cases: [{ case_id: 'true', id: 'true', logical_operator: 'and', conditions: [] }] }),
    config: z
      .looseObject({
        cases: z.array(caseSchema).nullish(),
        logical_operator: logicalOperatorSchema,
        conditions: z.array(conditionSchema).nullish(),
      })
      .transform(({ cases, logical_operator, conditions }): readonly Case[] =>
        cases ? cases : [{ id: 'true', logicalOperator: logical_operator, conditions: conditions ?? [] }],
      ),
    inputs: (cases) => inputsOfConditions(cases.flatMap(({ conditions }) => conditions)),
  },
  ({ config: cases, variables }) => {
    let conditions: readonly Dict[] = []
    const results: Dict[] = []
    const record = () => ({ inputs: { conditions }, processData: { condition_results: results } })
    try {
      for (const { id, logicalOperator, conditions: asked } of cases) {
        const verdict = evaluate(asked, logicalOperator, variables)
        conditions = verdict.comparisons
        results.push(toResult(id, logicalOperator, verdict))
        if (verdict.isMet) return { status: 'succeeded', ...record(), outputs: { result: true, selected_case_id: id }, handle: id }
      }
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error
      return { status: 'failed', ...record(), error: error.message, errorType: '' }
    }
    return { status: 'succeeded', ...record(), outputs: { result: false, selected_case_id: ELSE }, handle: ELSE }
  },
)

const toResult = (id: string, logicalOperator: LogicalOperator, { results, isMet }: Verdict): Dict => ({
  group: { case_id: id, logical_operator: logicalOperator },
  results,
  final_result: isMet,
})
