import { wire } from '@trellis/contracts'
import { type AppsTable, fromFlag, toFlag } from '@trellis/db'
import { type Dict, getKey, isEqual, type Value } from '@trellis/values'
import { AppFileError, textOf } from './app-file.ts'

/** The `app` section of a file, as columns (workflow spec 1.2). */
export type AppSection = Pick<
  AppsTable,
  'name' | 'mode' | 'description' | 'icon_type' | 'icon' | 'icon_background' | 'use_icon_as_answer_icon'
>

const DEFAULT_BACKGROUND = '#FFFFFF'

/** @throws AppFileError */
export function readAppSection(app: Dict): AppSection {
  const mode = getKey(app, 'mode')
  const known = wire.appMode.safeParse(mode)
  if (!known.success) {
    if (mode === undefined || mode === null) {
      throw new AppFileError('The section "app" names no mode.', { reason: 'import_modeless', values: {} })
    }
    const message = `Apps of the mode "${String(mode)}" are not known to this version. It knows ${wire.appMode.options.join(', ')}.`
    throw new AppFileError(message, { reason: 'import_mode_unknown', values: { mode: String(mode) } })
  }
  const iconType = wire.iconType.safeParse(getKey(app, 'icon_type'))
  return {
    name: textUpTo(255, app, 'name'),
    mode: known.data,
    description: textOf(app, 'description'),
    icon_type: iconType.success ? iconType.data : 'emoji',
    icon: textUpTo(255, app, 'icon'),
    icon_background: textUpTo(64, app, 'icon_background') || DEFAULT_BACKGROUND,
    use_icon_as_answer_icon: toFlag(getKey(app, 'use_icon_as_answer_icon') === true),
  }
}

/** What its column takes, counted as the console counts. @throws AppFileError */
function textUpTo(most: number, app: Dict, key: string): string {
  const text = textOf(app, key)
  if (text.length <= most) return text
  const message = `"${key}" of the section "app" has ${text.length} characters; at most ${most} are allowed.`
  throw new AppFileError(message, { reason: 'field_too_long', values: { field: `app.${key}`, limit: most } })
}

/** The section of an app as it is now. What the file that it came from said and nobody has changed stays in the file's words. */
export function writeAppSection(row: AppSection, original: Dict): Dict {
  const now = { ...row, icon_type: row.icon_type ?? 'emoji' }
  const section: Record<string, Value> = { ...original }
  const before = readOriginal(original)
  for (const [key, value] of Object.entries(toValues(now))) {
    const isAsBefore = before !== undefined && key in original && isEqual(value, getKey(toValues(before), key) ?? null)
    const isLeftOut = key === 'icon_type' && !(key in original) && value === 'emoji'
    if (!isAsBefore && !isLeftOut) section[key] = value
  }
  return section
}

const toValues = (section: AppSection): Dict => ({
  name: section.name,
  mode: section.mode,
  description: section.description,
  icon_type: section.icon_type,
  icon: section.icon ?? '',
  icon_background: section.icon_background ?? DEFAULT_BACKGROUND,
  use_icon_as_answer_icon: fromFlag(section.use_icon_as_answer_icon),
})

function readOriginal(original: Dict): AppSection | undefined {
  try {
    return readAppSection(original)
  } catch (error) {
    // Apps that came from no file.
    if (error instanceof AppFileError) return undefined
    throw error
  }
}
