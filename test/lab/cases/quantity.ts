// Quantities as Kubernetes reads them: a decimal number with a suffix of powers of ten or of two, or an exponent
// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
const powers: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity stands for; undefined where it is none. */
export function readQuantity(value: unknown): number | undefined {
  const [, digits, suffix = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(String(value)) ?? [];
  const power = powers[suffix];
  return digits === undefined || power === undefined ? undefined : Number(digits) * power;
}

/** Whether both are quantities, and the same one. */
export function isSameQuantity(one: unknown, other: unknown): boolean {
  const [left, right] = [readQuantity(one), readQuantity(other)];
  if (left === undefined || right === undefined) return false;
  // Binary fractions: 0.1 and 100m differ in the last place.
  return Math.abs(left - right) <= Math.abs(left) * 1e-12;
}
