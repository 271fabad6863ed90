// Durations as Go reads them (`8760h`, `1h30m`): https://pkg.go.dev/time#ParseDuration. cert-manager takes no other form;
// in particular it has no unit for days. The Greek spelling of `us` is left out: no certificate lives that short.

const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** The length in seconds; undefined where the text is no Go duration or is negative. */
export function readDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d*)?(h|ms|m|us|ns|s))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-z]+)/g))
    total += Number(amount) * (seconds[unit ?? ''] ?? 0);
  return total;
}
