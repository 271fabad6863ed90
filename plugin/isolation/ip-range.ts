// Address ranges in CIDR form, as numbers, to see whether one lies within another. The forms: RFC 4632 and RFC 4291.

interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly length: number;
}

/** Whether `inner` is a part of `outer`, and not all of it; both must be valid. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  const [part, whole] = [readRange(inner), readRange(outer)];
  if (part.family !== whole.family || part.length <= whole.length) return false;
  const rest = BigInt((part.family === 4 ? 32 : 128) - whole.length);
  return part.first >> rest === whole.first >> rest;
}

function readRange(cidr: string): Range {
  const [address = '', length] = cidr.split('/');
  return address.includes(':')
    ? { family: 6, first: readIPv6(address), length: Number(length) }
    : { family: 4, first: joinParts(address.split('.').map(BigInt), 8n), length: Number(length) };
}

/** A URL parser writes every IPv6 address in one form, with hexadecimal groups alone: https://url.spec.whatwg.org/#concept-ipv6-serializer */
function readIPv6(address: string): bigint {
  const canonical = canonicalIPv6(address);
  const [head = '', tail] = canonical.split('::');
  const groups = (text: string): bigint[] => (text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const gap = Array<bigint>(8 - before.length - after.length).fill(0n);
  return joinParts([...before, ...gap, ...after], 16n);
}

const joinParts = (parts: readonly bigint[], bits: bigint): bigint =>
  parts.reduce((sum, part) => (sum << bits) | part, 0n);

/** The one form of a valid IPv6 address: `0:0:0:0:0:0:0:1` becomes `::1`. */
export const canonicalIPv6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);
