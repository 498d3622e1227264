/** A vector as it is stored: of length 1, so that a product is the cosine. */
export function encodeVector(values: readonly number[]): string {
  const unit = toUnit(values)
  const bytes = Buffer.alloc(unit.length * 4)
  for (const [index, value] of unit.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}

/** A vector of nothing stays nothing: it is near to none. */
function toUnit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values)
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length))
}
