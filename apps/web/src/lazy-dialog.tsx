import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from './design/index.ts'
import { isPageThere } from './lazy-part.ts'

/** Longer than this nobody waits for a dialog without a word. */
const PATIENCE_MS = 8000

interface Closable {
  readonly onClose: () => void
}

interface Part<Props> {
  readonly load: () => Promise<ComponentType<Props>>
  readonly isAsked: (props: Props) => boolean
  loaded?: ComponentType<Props>
}

/**
 * A dialog whose code comes when it is first asked for. Where that does not come it is said, and the dialog counts as closed: whoever asks again
 * tries again.
 */
export function lazyDialog<Props extends Closable>(
  load: Part<Props>['load'],
  isAsked: Part<Props>['isAsked'] = () => true,
): (props: Props) => ReactNode {
  const part: Part<Props> = { load, isAsked }
  return (props) => <LazyDialog part={part} of={props} />
}

function LazyDialog<Props extends Closable>({ part, of: props }: { readonly part: Part<Props>; readonly of: Props }) {
  const [Dialog, setDialog] = useState(() => part.loaded)
  const isWanted = part.isAsked(props) && !Dialog
  const tellLoss = useLossTold(props.onClose)
  useEffect(() => {
    if (!isWanted) return
    let isLeft = false
    const leave = () => {
      isLeft = true
      clearTimeout(timer)
    }
    const fail = () => {
      if (isLeft) return
      leave()
      tellLoss()
    }
    const timer = setTimeout(fail, PATIENCE_MS)
    part.load().then((loaded) => {
      part.loaded = loaded
      if (!isLeft) setDialog(() => loaded)
      leave()
    }, fail)
    return leave
  }, [part, isWanted, tellLoss])
  return Dialog ? <Dialog {...props} /> : null
}

interface TextsOnTheirWay {
  readonly isError: boolean
  readonly isPending: boolean
}

/** For a dialog whose texts come after its code: says that they did not, or not in time, and closes it. */
export function useLossOfTexts({ isError, isPending }: TextsOnTheirWay, onClose: () => void): void {
  const tellLoss = useLossTold(onClose)
  useEffect(() => {
    if (isError) tellLoss()
  }, [isError, tellLoss])
  useEffect(() => {
    if (!isPending) return
    const timer = setTimeout(tellLoss, PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [isPending, tellLoss])
}

/** Stands where something was asked for that is still on its way and opens when it is there: says when that takes too long, and takes the wish back. */
export function SlowPart({ onLost }: { readonly onLost: () => void }) {
  const tellLoss = useLossTold(onLost)
  useEffect(() => {
    const timer = setTimeout(tellLoss, PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [tellLoss])
  return null
}

/** Says that something did not come, in words that are there, and what helps. */
function useLossTold(onTold: () => void): () => void {
  const { t } = useTranslation('common')
  const toast = useToast()
  const tell = () => {
    onTold()
    // What does not come although the server is there is gone with an older version, or a browser remembers that it failed before.
    void isPageThere().then((isThere) =>
      toast.error(
        t('partLost'),
        isThere ? undefined : t('loadFailedHint'),
        isThere ? { label: t('reload'), onSelect: () => location.reload() } : undefined,
      ),
    )
  }
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  return useRef(() => latest.current()).current
}
