/** Dollars that a unit of a currency is worth, by its name in prices. */
export type DollarRates = ReadonlyMap<string, number>

/** An amount in nano-dollars, rounded up; undefined for a currency without a rate. */
export function toUsdNano(rates: DollarRates, currency: string, amountNano: number): number | undefined {
  if (currency === 'USD') return amountNano
  const rate = rates.get(currency)
  return rate === undefined ? undefined : Math.ceil(amountNano * rate)
}
