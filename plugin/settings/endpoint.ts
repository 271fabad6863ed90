// Address ranges with a port, as users write them: `10.0.0.1:6443`, `10.96.0.0/16:6443`, `[fd00::1]:6443`,
// `[fd00::/64]:6443`. The brackets are those of RFC 3986: without them the port could be the address's last group.
import { type Form, listForm, type Reading } from './form.ts';
import type { Endpoint } from './settings.ts';

const isIPv4 = (text: string): boolean =>
  text.split('.').length === 4 &&
  text.split('.').every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);

// A URL's host takes an IPv6 address without a zone, as Kubernetes does; node:net would cost a start more than its work.
const isIPv6 = (text: string): boolean => /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`);

// 32 and 128 bits of address: the longest prefixes of IPv4 and IPv6.
const longestPrefix = { IPv4: 32, IPv6: 128 };

/** The range with its prefix length, an address alone being a range of one; undefined where it is neither. */
export function readCidr(text: string): string | undefined {
  const [address = '', length, ...more] = text.split('/');
  if (more.length > 0 || !(isIPv4(address) || isIPv6(address))) return undefined;
  const longest = longestPrefix[isIPv4(address) ? 'IPv4' : 'IPv6'];
  if (length === undefined) return `${address}/${longest}`;
  return /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= longest ? text : undefined;
}

/** A port number, 1 to 65535; undefined where the text is none. */
export function readPort(text: string): number | undefined {
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** A range and its port; without a port the default, or nothing where there is no default. */
export function readEndpoint(text: string, defaultPort?: number): Endpoint | undefined {
  const bare = defaultPort === undefined ? undefined : readCidr(text);
  if (bare !== undefined && defaultPort !== undefined) return { cidr: bare, port: defaultPort };
  const [, bracketed, plain, portText = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(text) ?? [];
  const cidr = readCidr(bracketed ?? plain ?? '');
  const port = portText === '' ? defaultPort : readPort(portText);
  return cidr === undefined || port === undefined ? undefined : { cidr, port };
}

const endpointForm: Form<Endpoint> = {
  kind: 'string',
  read: (raw) => {
    const value = typeof raw === 'string' ? readEndpoint(raw) : undefined;
    return value ? { value } : { problem: { expected: 'api-server' } };
  },
  schema: { type: 'string' },
};

const endpoints = listForm(endpointForm);

// `off` without quotes is false to a YAML 1.1 reader.
const isOff = (raw: unknown): boolean =>
  raw === 'off' || raw === false || (Array.isArray(raw) && raw.length === 1 && isOff(raw[0]));

/** Addresses of the API server, or `off`. An empty list says nothing. */
export const apiServerForm: Form<readonly Endpoint[] | 'off' | undefined> = {
  kind: 'list',
  read: (raw): Reading<readonly Endpoint[] | 'off' | undefined> => {
    if (isOff(raw)) return { value: 'off' };
    const reading = endpoints.read(raw);
    return 'value' in reading && reading.value.length === 0 ? { value: undefined } : reading;
  },
  schema: { anyOf: [{ const: false }, { type: 'string' }, { type: 'array', items: endpointForm.schema }] },
};
