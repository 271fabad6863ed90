// What Kubernetes' YAML reader takes an unquoted scalar for. It follows YAML 1.1 for booleans and numbers, but not for
// times: the resolve table of sigs.k8s.io/yaml/goyaml.v2 (resolve.go), with strconv.ParseInt in base 0.

const booleans: Readonly<Record<string, boolean>> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    [
      ['y', 'yes', 'true', 'on'].map((word) => [word, true] as const),
      ['n', 'no', 'false', 'off'].map((word) => [word, false] as const),
    ]
      .flat()
      .flatMap(([word, value]) => {
        const capital = word.charAt(0).toUpperCase() + word.slice(1);
        return [word, capital, word.toUpperCase()].map((spelling) => [spelling, value]);
      }),
  ),
);

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const notANumber = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
// A first character that no boolean, null or number has: most scalars are plain words and end here.
const special = /^[-+.0-9yYnNtTfFoO~]/;

/** A value, or `unsafe`: a number that would not come out as it went in (past 2^53, infinite, not a number). */
export type Plain = { readonly value: string | number | boolean | null } | { readonly unsafe: true };

/** The value of an unquoted scalar. */
export function resolvePlain(text: string): Plain {
  if (text === '') return { value: null };
  if (!special.test(text)) return { value: text };
  const boolean = booleans[text];
  if (boolean !== undefined) return { value: boolean };
  if (text === '~' || text === 'null' || text === 'Null' || text === 'NULL') return { value: null };
  if (notANumber.test(text)) return { unsafe: true };
  return resolveNumber(text);
}

function resolveNumber(text: string): Plain {
  // A date keeps its text (goyaml.v2 resolves it to a time and hands out the string), and is no number either way.
  const digits = text.replaceAll('_', '');
  if (integer.test(digits)) {
    const value = readInteger(digits);
    return Number.isSafeInteger(value) ? { value } : { unsafe: true };
  }
  if (!float.test(digits)) return { value: text };
  const value = Number(digits);
  // An exponent or a fraction of zeros does not make a large number exact.
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { value } : { unsafe: true };
}

function readInteger(digits: string): number {
  const sign = digits.startsWith('-') ? -1 : 1;
  const magnitude = digits.replace(/^[-+]/, '').toLowerCase();
  // Go's base 0: a leading zero alone means octal too.
  const octal = /^0o?([0-7]+)$/.exec(magnitude);
  const value = octal?.[1] === undefined ? Number(magnitude) : Number.parseInt(octal[1], 8);
  // -0 would print as 0 and compare unequal to itself after a round trip.
  return value === 0 ? 0 : sign * value;
}
