import type { ToolMessage, ToolParameter } from '@trellis/spec'
import type { Value } from '@trellis/values'

/** A tool that is part of the server. */
export interface BuiltinTool {
  readonly name: string
  readonly parameters: readonly ToolParameter[]
  /** @param now milliseconds since 1970, UTC. @throws AppError `tool_error`, saying what was wrong with the parameters */
  call(parameters: Readonly<Record<string, Value>>, now: number): readonly ToolMessage[]
}

export interface BuiltinProvider {
  /** Dify's `provider_id`. */
  readonly id: string
  readonly tools: readonly BuiltinTool[]
}
