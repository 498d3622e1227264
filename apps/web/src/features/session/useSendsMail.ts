import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/ApiProvider.tsx'
import { systemFeaturesQuery } from './queries.ts'

/** Whether this installation sends mail; false until that is known. */
export function useSendsMail(): boolean {
  const api = useApi()
  return useQuery(systemFeaturesQuery(api)).data?.is_email_setup === true
}
