// A reference to a cert-manager issuer, written `my-ca`, `ClusterIssuer/my-ca` or `Kind.group/name`; in a file also as the
// map that cert-manager takes: https://cert-manager.io/docs/reference/api-docs/#meta.cert-manager.io/v1.IssuerReference
import { isDnsName } from './dns-name.ts';
import type { Form } from './form.ts';
import type { IssuerRef } from './settings.ts';

const defaultKind = 'Issuer';
const defaultGroup = 'cert-manager.io';

function checked(ref: IssuerRef): IssuerRef | undefined {
  const isKind = /^[A-Z][A-Za-z0-9]{0,62}$/.test(ref.kind);
  return isKind && isDnsName(ref.group) && isDnsName(ref.name) ? ref : undefined;
}

function readText(text: string): IssuerRef | undefined {
  const [, kind = defaultKind, group = defaultGroup, name = ''] =
    /^(?:([^/.]+)(?:\.([^/]+))?\/)?([^/]+)$/.exec(text) ?? [];
  return checked({ name, kind, group });
}

function readMap(map: object): IssuerRef | undefined {
  const { name, kind = defaultKind, group = defaultGroup, ...unknown } = map as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || typeof kind !== 'string' || typeof group !== 'string') return undefined;
  return Object.keys(unknown).length > 0 ? undefined : checked({ name, kind, group });
}

/** An issuer, or none where the text is empty. */
export const issuerForm: Form<IssuerRef | undefined> = {
  kind: 'string',
  read: (raw) => {
    if (raw === '') return { value: undefined };
    let value: IssuerRef | undefined;
    if (typeof raw === 'string') value = readText(raw);
    else if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) value = readMap(raw);
    return value ? { value } : { problem: { expected: 'issuer' } };
  },
  schema: {
    anyOf: [
      { type: 'string' },
      {
        type: 'object',
        properties: { name: { type: 'string' }, kind: { type: 'string' }, group: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
    ],
  },
};
