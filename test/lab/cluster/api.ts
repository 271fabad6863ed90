// The client of the API server. Requests are sent as they stand, YAML as rayshield printed it, and answers are what is stored:
// a typed client would drop the unknown fields that the suites look for, and turn times into other values.
// Paths and patches: https://kubernetes.io/docs/reference/using-api/api-concepts/
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { parse } from 'yaml';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
}

interface KindRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
}

export interface ObjectRef extends KindRef {
  readonly name: string;
}

interface Request {
  readonly query?: Readonly<Record<string, string>>;
  /** A text is sent as it stands, anything else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
}

interface ApplyOptions {
  readonly fieldManager?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** The namespace of an object that names none; `default` unless told, as with kubectl. */
  readonly namespace?: string;
}

export interface Access {
  readonly server: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** What the API server answered where it did not do what was asked: its Status object. */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(asked: string, status: number, answer: { message?: string; reason?: string }) {
    super(`${asked}: ${status} ${answer.message ?? ''}`);
    this.status = status;
    this.reason = answer.reason ?? '';
  }
}

export interface Api {
  request<T>(method: string, path: string, options?: Request): Promise<T>;
  /** Server-side apply with strict field validation. A text is sent as it stands. */
  apply(document: string | object, options?: ApplyOptions): Promise<KubernetesObject>;
  create(object: object, options?: { namespace?: string }): Promise<KubernetesObject>;
  read(ref: ObjectRef): Promise<KubernetesObject>;
  list(kind: KindRef, options?: { labelSelector?: string }): Promise<KubernetesObject[]>;
  /** Deletes an object; with `force` without grace. An object that is not there is no error. */
  remove(
    ref: ObjectRef,
    options?: { force?: boolean; propagation?: 'Background' | 'Foreground' | 'Orphan' },
  ): Promise<void>;
  /** A JSON merge patch. */
  patch(ref: ObjectRef, change: object, options?: { subresource?: string }): Promise<KubernetesObject>;
  /** The path of a kind's collection, or of one object; asks the server which resource a kind is. */
  pathOf(ref: KindRef & { readonly name?: string }): Promise<string>;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

type Send = Api['request'];

const yamlPatch = 'application/apply-patch+yaml';

/** A sender of single requests with a client certificate. */
function makeSend({ server, ca, certificate, key }: Access): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: 32, ca, cert: certificate, key });
  return (method, path, { query = {}, body, contentType = 'application/json' } = {}) => {
    const url = new URL(path, server);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const headers =
      text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(url, { method, agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = readAnswer(response, Buffer.concat(chunks).toString('utf8'), `${method} ${path}`);
          if (answer instanceof ApiError) reject(answer);
          else resolve(answer as never);
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  };
}

function readAnswer({ headers, statusCode: status = 0 }: IncomingMessage, text: string, asked: string): unknown {
  const isJson = headers['content-type']?.includes('json') === true;
  if (status < 300) return isJson ? JSON.parse(text) : text;
  return new ApiError(asked, status, isJson ? JSON.parse(text) : { message: text });
}

const groupPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** A finder of paths: it remembers the resources of a group, and asks again for a kind that it has not seen. */
function makePathOf(send: Send): Api['pathOf'] {
  const known = new Map<string, Resource>();
  const find = async ({ apiVersion, kind }: KindRef): Promise<Resource> => {
    const before = known.get(`${apiVersion}/${kind}`);
    if (before) return before;
    const { resources } = await send<{ resources: Resource[] }>('GET', groupPath(apiVersion));
    for (const resource of resources) {
      if (!resource.name.includes('/')) known.set(`${apiVersion}/${resource.kind}`, resource);
    }
    const found = known.get(`${apiVersion}/${kind}`);
    if (!found) throw new Error(`the API server has no ${apiVersion} ${kind}`);
    return found;
  };
  return async (ref) => {
    const resource = await find(ref);
    const namespace = resource.namespaced && ref.namespace !== undefined ? `/namespaces/${ref.namespace}` : '';
    return `${groupPath(ref.apiVersion)}${namespace}/${resource.name}${ref.name === undefined ? '' : `/${ref.name}`}`;
  };
}

const refOf = (object: KubernetesObject, namespace = 'default'): ObjectRef => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.metadata.name,
  namespace: object.metadata.namespace ?? namespace,
});

/** Opens a client. No request is made before the first question. */
export function openApi(access: Access): Api {
  const send = makeSend(access);
  const pathOf = makePathOf(send);
  return {
    request: send,
    pathOf,
    apply: async (document, options = {}) => {
      const object: KubernetesObject = typeof document === 'string' ? parse(document) : document;
      const query = {
        fieldManager: options.fieldManager ?? 'rayshield-lab',
        fieldValidation: 'Strict',
        ...(options.force === true && { force: 'true' }),
        ...(options.dryRun === true && { dryRun: 'All' }),
      };
      const path = await pathOf(refOf(object, options.namespace));
      return send('PATCH', path, { query, body: document, contentType: yamlPatch });
    },
    create: async (object, options = {}) => {
      const { apiVersion, kind, namespace } = refOf(object as KubernetesObject, options.namespace);
      const path = await pathOf({ apiVersion, kind, namespace });
      return send('POST', path, { query: { fieldValidation: 'Strict' }, body: object });
    },
    read: async (ref) => send('GET', await pathOf(ref)),
    list: async (kind, { labelSelector } = {}) => {
      const query = labelSelector === undefined ? {} : { labelSelector };
      const { items } = await send<{ items: KubernetesObject[] }>('GET', await pathOf(kind), { query });
      // The items of a list carry neither of the two.
      return items.map((item) => ({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }));
    },
    remove: async (ref, { force = false, propagation = 'Background' } = {}) => {
      const body = { propagationPolicy: propagation, ...(force && { gracePeriodSeconds: 0 }) };
      try {
        await send('DELETE', await pathOf(ref), { body });
      } catch (failure) {
        if (!(failure instanceof ApiError) || failure.status !== 404) throw failure;
      }
    },
    patch: async (ref, change, { subresource } = {}) => {
      const path = await pathOf(ref);
      const contentType = 'application/merge-patch+json';
      return send('PATCH', subresource === undefined ? path : `${path}/${subresource}`, { body: change, contentType });
    },
  };
}
