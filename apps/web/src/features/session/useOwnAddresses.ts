import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import type { OwnAddresses } from '../chat/picture-on-wish.ts'
import { systemFeaturesQuery } from './queries.ts'

/** Where this installation's pages and files lie; files of a host of their own count as ours as soon as the server has said so. */
export function useOwnAddresses(): OwnAddresses {
  const api = useApi()
  const filesUrl = useQuery(systemFeaturesQuery(api)).data?.files_url ?? null
  return useMemo(() => ({ origin: location.origin, filesUrl }), [filesUrl])
}
