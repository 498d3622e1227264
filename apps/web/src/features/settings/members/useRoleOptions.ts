import { useTranslation } from 'react-i18next'
import type { AssignableRole, Role } from '../../../api/types/account.ts'
import type { SelectOption } from '../../../design/index.ts'
import { assignableRoles } from './member-rules.ts'

/** What can be given; a role of today that is no longer given stays among them. */
export function useRoleOptions(current?: Role): readonly SelectOption<AssignableRole>[] {
  const { t } = useTranslation('team')
  const roles = current === 'dataset_operator' ? [...assignableRoles, current] : assignableRoles
  return roles.map((role) => ({ value: role, label: t(`roles.${role}`), hint: t(`roleHints.${role}`) }))
}
