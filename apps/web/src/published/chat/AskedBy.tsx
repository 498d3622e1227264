import { usePublishedApp } from '../published-app.ts'

/** Who asks, where whoever embeds the page says it. */
export function AskedBy() {
  const { name, avatarUrl } = usePublishedApp().passedIn.user
  if (name === undefined && avatarUrl === undefined) return null
  return (
    <p className="-mb-2.5 flex max-w-[80%] items-center gap-2 self-end text-s text-ink-3">
      {name !== undefined && <span className="truncate">{name}</span>}
      {avatarUrl !== undefined && (
        <img src={avatarUrl} alt="" width={22} height={22} referrerPolicy="no-referrer" className="size-5.5 rounded-full object-cover" />
      )}
    </p>
  )
}
