import { useTranslation } from 'react-i18next'
import type { Role } from '../../../api/types/account.ts'
import type { AuditEntry } from '../../../api/types/audit.ts'
import { formatList } from '../../../i18n/format-list.ts'
import { useModelNames } from '../usage/useModelNames.ts'
import { budgetChangesOf } from './budget-changes.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): string => (Array.isArray(value) ? value.filter((item) => typeof item === 'string').join(', ') : '')

const roles: readonly string[] = ['owner', 'admin', 'editor', 'normal', 'dataset_operator'] satisfies readonly Role[]
const isRole = (value: unknown): value is Role => typeof value === 'string' && roles.includes(value)

const services: Readonly<Record<string, string>> = { github: 'GitHub', google: 'Google', oidc: 'OpenID Connect' }

/** An entry as a sentence about whoever did it. */
export function useAuditText(): (entry: AuditEntry) => string {
  const { t, i18n } = useTranslation('audit')
  const { t: tTeam } = useTranslation('team')
  const { providerName } = useModelNames([])
  return ({ action, target, details }) => {
    const values = {
      target: (target?.type === 'provider' ? providerName(target.name) : target?.name) ?? '',
      name: textOf(details['name']),
      role: isRole(details['role']) ? tTeam(`roles.${details['role']}`) : '',
      key: textOf(details['key']),
      model: textOf(details['model']),
      copy: textOf(details['copy']),
      email: textOf(details['email']),
      service: services[textOf(details['service'])] ?? textOf(details['service']),
      question: textOf(details['question']),
      emails: listOf(details['emails']),
      models: listOf(details['models']),
      tags: listOf(details['tags']),
      amount: textOf(details['amount']),
      budgetOf: details['scope'] === 'workspace' ? t('theWorkspace') : textOf(details['name']),
    }
    const sentence = (() => {
      if (action === 'app.switch_api' || action === 'app.switch_site' || action === 'app.switch_trigger') {
        return t(`switches.${action}.${details['enabled'] === true ? 'on' : 'off'}`, values)
      }
      const changes = action === 'budget.change' ? budgetChangesOf(details).map((change) => t(`budgetChanges.${change}`, values)) : []
      if (changes.length > 0) return t('changedOfBudget', { ...values, changes: formatList(i18n.language, changes) })
      if (action === 'app.change' && values.name !== '' && values.name !== values.target) return t('renamedApp', values)
      return t(`actions.${action}`, values)
    })()
    return details['by'] === 'admin_key' ? t('byAdminKey', { sentence }) : sentence
  }
}
