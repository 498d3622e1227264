import type { EmbedWay } from './embed-code.ts'

/** A page with the app on it, as it will stand there. The colour is the app's own, else the product's. */
export function EmbedPicture({ way, color }: { readonly way: EmbedWay; readonly color: string | null }) {
  const accent = color && /^#([\da-f]{3}|[\da-f]{6})$/iu.test(color) ? color : 'var(--accent)'
  return (
    <svg viewBox="0 0 160 100" aria-hidden className="h-25 w-40 shrink-0 rounded-md border border-line bg-surface">
      <g fill="var(--surface-3)">
        <rect x="12" y="12" width="54" height="7" rx="3.5" />
        <rect x="12" y="26" width={way === 'frame' ? 136 : 74} height="4" rx="2" />
        <rect x="12" y="34" width={way === 'frame' ? 120 : 66} height="4" rx="2" />
        {way === 'bubble' && (
          <>
            <rect x="12" y="48" width="70" height="4" rx="2" />
            <rect x="12" y="56" width="74" height="4" rx="2" />
            <rect x="12" y="64" width="58" height="4" rx="2" />
          </>
        )}
      </g>
      {way === 'frame' ? (
        <Chat x={12} y={46} width={136} height={44} accent={accent} />
      ) : (
        <Chat x={98} y={14} width={50} height={60} accent={accent} />
      )}
      {way === 'bubble' && <circle cx="141" cy="85" r="7" fill={accent} />}
    </svg>
  )
}

interface ChatProps {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly accent: string
}

function Chat({ x, y, width, height, accent }: ChatProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={width} height={height} rx="4" fill="var(--surface-2)" stroke="var(--line-2)" />
      <rect x={width - 30} y="7" width="24" height="8" rx="4" fill={accent} />
      <rect x="6" y="20" width={width - 20} height="3" rx="1.5" fill="var(--line-2)" />
      <rect x="6" y="26" width={width - 26} height="3" rx="1.5" fill="var(--line-2)" />
      <rect x="6" y={height - 11} width={width - 12} height="6" rx="3" fill="var(--surface)" stroke="var(--line-2)" />
    </g>
  )
}
