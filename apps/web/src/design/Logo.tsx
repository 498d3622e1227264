/** The lattice of Trellis. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M5 3v18M12 3v18M19 3v18M3 8h18M3 16h18" />
    </svg>
  )
}
