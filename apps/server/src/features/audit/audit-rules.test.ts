import { allRoutes, type RouteContract } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { auditRules } from './audit-rules.ts'

/** Routes of the console that are no `GET` and write no entry, by why not. */
const withoutEntry: Readonly<Record<string, readonly string[]>> = {
  'nobody is signed in: the log of sign-ins tells, and slices that record by themselves': [
    'POST /setup',
    'POST /init',
    'POST /login',
    'POST /refresh-token',
    'POST /forgot-password',
    'POST /reset-password',
    'POST /forgot-password/validity',
    'POST /forgot-password/resets',
    'POST /email-code-login',
    'POST /email-code-login/validity',
    'POST /email-register/send-email',
    'POST /email-register/validity',
    'POST /email-register',
    'POST /activate',
  ],
  'its slice records it, before the account is gone': ['POST /account/delete'],
  'a step towards what has an entry': [
    'POST /activate/join',
    'POST /account/change-email',
    'POST /account/change-email/validity',
    'POST /account/change-email/check-email-unique',
    'POST /account/integrates/:service',
    'POST /workspaces/current/members/send-owner-transfer-confirm-email',
    'POST /workspaces/current/members/owner-transfer-check',
  ],
  'one’s own sessions and tastes': [
    'POST /logout',
    'DELETE /account/sessions/:session_id',
    'DELETE /account/sessions',
    'POST /account/interface-language',
    'POST /account/interface-theme',
    'POST /account/timezone',
    'POST /workspaces/switch',
    'POST /apps/:app_id/star',
    'DELETE /apps/:app_id/star',
  ],
  'a draft, which nobody gets before it is published': [
    'PUT /apps/:app_id/draft-config',
    'POST /apps/:app_id/draft-config/discard',
    'POST /apps/:app_id/workflows/draft',
    'POST /apps/:app_id/workflows/draft/features',
    'POST /apps/:app_id/workflows/draft/environment-variables',
    'POST /apps/:app_id/workflows/draft/conversation-variables',
    'POST /apps/:app_id/workflows/draft/bind-models',
    'DELETE /apps/:app_id/workflows/draft/variables',
    'PATCH /apps/:app_id/workflows/draft/variables/:variable_id',
    'PUT /apps/:app_id/workflows/draft/variables/:variable_id/reset',
    'DELETE /apps/:app_id/workflows/draft/variables/:variable_id',
    'DELETE /apps/:app_id/workflows/draft/nodes/:node_id/variables',
  ],
  'a trial, or what one left': [
    'POST /apps/:app_id/advanced-chat/workflows/draft/run',
    'POST /apps/:app_id/workflows/draft/nodes/:node_id/run',
    'POST /apps/:app_id/workflows/draft/iteration/nodes/:node_id/run',
    'POST /apps/:app_id/workflows/draft/loop/nodes/:node_id/run',
    'POST /apps/:app_id/advanced-chat/workflows/draft/iteration/nodes/:node_id/run',
    'POST /apps/:app_id/advanced-chat/workflows/draft/loop/nodes/:node_id/run',
    'POST /apps/:app_id/workflows/:workflow_id/run',
    'POST /apps/:app_id/advanced-chat/workflows/:workflow_id/run',
    'POST /apps/:app_id/workflows/draft/run',
    'POST /apps/:app_id/workflow-runs/tasks/:task_id/stop',
    'POST /apps/:app_id/workflows/draft/trigger/run',
    'POST /apps/:app_id/workflows/draft/nodes/:node_id/trigger/run',
    'POST /apps/:app_id/workflows/draft/trigger/run-all',
    'POST /apps/:app_id/workflow-runs/:run_id/retry',
    'POST /apps/:app_id/chat-messages',
    'POST /apps/:app_id/completion-messages',
    'POST /apps/:app_id/chat-messages/:task_id/stop',
    'POST /apps/:app_id/completion-messages/:task_id/stop',
    'POST /apps/:app_id/audio-to-text',
    'POST /apps/:app_id/text-to-audio',
    'DELETE /apps/:app_id/chat-conversations/:conversation_id',
    'DELETE /apps/:app_id/completion-conversations/:conversation_id',
    'POST /workspaces/current/models/try',
    'POST /workspaces/current/mail/test',
  ],
  'the run and the log tell it': ['POST /form/human_input/:form_token', 'POST /apps/:app_id/feedbacks'],
  'nothing is changed': [
    'POST /workspaces/current',
    'POST /info',
    'POST /workspaces/current/model-providers/*provider/preferred-provider-type',
    'POST /workspaces/current/model-providers/*provider/credentials/validate',
    'POST /workspaces/current/model-providers/*provider/models/credentials/validate',
    'POST /workspaces/current/model-providers/*provider/models/load-balancing-configs/credentials-validate',
    'POST /workspaces/current/model-providers/*provider/models/load-balancing-configs/:config_id/credentials-validate',
    'POST /rule-generate',
    'POST /rule-code-generate',
    'POST /rule-structured-output-generate',
    'POST /instruction-generate',
    'POST /instruction-generate/template',
  ],
  'a file that nothing uses yet': ['POST /files/upload', 'POST /remote-files/upload'],
}

const nameOf = ({ method, path }: RouteContract): string => `${method} ${path}`

describe('the audit log', () => {
  const audited = auditRules.map(({ contract }) => nameOf(contract))
  const listed = Object.values(withoutEntry).flat()
  const changing = allRoutes.filter(({ surface, method }) => surface === 'console' && method !== 'GET').map(nameOf)

  it('has a line for every route of the console that changes something, or a reason why not', () => {
    expect(changing.filter((route) => !audited.includes(route) && !listed.includes(route))).toEqual([])
  })

  it('gives no reason for what is audited, or is no route', () => {
    expect(listed.filter((route) => audited.includes(route) || !changing.includes(route))).toEqual([])
  })

  it('has one rule a route, of a route with a session', () => {
    expect(audited.filter((route, position) => audited.indexOf(route) !== position)).toEqual([])
    expect(auditRules.filter(({ contract }) => contract.auth.type !== 'session')).toEqual([])
  })
})
