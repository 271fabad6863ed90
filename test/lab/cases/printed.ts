// What rayshield printed, one object at a time: its text as it stands, to be sent, and its value, to be compared.
// Read as the API server reads it, by YAML 1.1 (https://pkg.go.dev/sigs.k8s.io/yaml). A client takes a List apart:
// the API server has no such kind.
import { type Document, isMap, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../cluster/api.ts';

export interface PrintedObject {
  /** What is sent. */
  readonly text: string;
  readonly object: KubernetesObject;
}

interface List {
  readonly kind: string;
  readonly items?: readonly KubernetesObject[];
}

/**
 * JSON that is the same value as YAML. A server-side apply is read as YAML, where U+0085 breaks a line: what JSON may write as
 * it stands is written as an escape here.
 */
export const printJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const unfold = (item: KubernetesObject): KubernetesObject[] =>
  item.kind === 'List' ? ((item as unknown as List).items ?? []).flatMap(unfold) : [item];

/** A Secret's stringData is written and never read: what is stored is data. */
function asStored(object: KubernetesObject): KubernetesObject {
  const { stringData, data, ...rest } = object;
  if (object.kind !== 'Secret' || typeof stringData !== 'object' || stringData === null) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...rest, data: { ...(data as object | undefined), ...Object.fromEntries(encoded) } } as KubernetesObject;
}

function readObjects(text: string, document: Document): PrintedObject[] {
  const object = document.toJS() as KubernetesObject;
  if (object.kind === 'List') return unfold(object).map((item) => ({ text: printJson(item), object: item }));
  const [start = 0, end = text.length] = document.contents?.range ?? [];
  // A block begins after the spaces of its first line, which its other lines have too.
  return [{ text: text.slice(text.lastIndexOf('\n', start - 1) + 1, end), object: asStored(object) }];
}

/** The objects of a stream of YAML or JSON, in order; Lists are taken apart, empty documents left out. */
export function readPrinted(text: string): PrintedObject[] {
  const parsed = parseAllDocuments(text, { version: '1.1' });
  return [...parsed].flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    return isMap(document.contents) ? readObjects(text, document) : [];
  });
}

/** `Kind namespace/name`, as messages name an object. */
export const nameOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;

export const isRay = ({ apiVersion }: Partial<KubernetesObject>): boolean => apiVersion?.startsWith('ray.io/') === true;

// Queues of schedulers in KubeRay's samples: their projects' definitions are no part of the lab.
const foreignKinds = ['scheduling.run.ai/v2 Queue', 'scheduling.volcano.sh/v1beta1 Queue'];

/** Whether an object can be applied in the lab: its kind is there, and it has a name; one with generateName is created. */
export const isApplicable = ({ apiVersion, kind, metadata }: KubernetesObject): boolean =>
  metadata.name !== undefined && !foreignKinds.includes(`${apiVersion} ${kind}`);
