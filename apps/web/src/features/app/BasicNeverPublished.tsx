import { NeverPublished } from './NeverPublished.tsx'
import { usePublish } from './usePublish.ts'

/** For an app that has a configuration. */
export function BasicNeverPublished() {
  const { publish, isPublishing } = usePublish()
  return <NeverPublished isPublishing={isPublishing} publish={publish} />
}
