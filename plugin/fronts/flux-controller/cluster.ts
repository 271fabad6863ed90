// Requests to the API server: its address and who we are from kubeconfig or from the pod's service account, the requests our own,
// for the typed client opens a connection for each and sends a JSON patch where a merge is meant.
// https://kubernetes.io/docs/reference/using-api/server-side-apply/
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { KubernetesObject, Reference } from './api.ts';

/** An answer that is no success. */
export class ApiFailure extends Error {
  readonly status: number;

  constructor(asked: string, status: number, said: string) {
    super(`${asked}: ${status} ${said}`);
    this.status = status;
  }
}

interface List {
  readonly metadata: { readonly resourceVersion?: string };
  readonly items: readonly KubernetesObject[];
}

export interface Cluster {
  /** Undefined where there is none. */
  read<T extends KubernetesObject>(ref: Reference): Promise<T | undefined>;
  list(path: string): Promise<List>;
  create<T extends KubernetesObject>(object: T): Promise<T>;
  /** Refused with 409 where somebody was quicker. */
  replace<T extends KubernetesObject>(object: T): Promise<T>;
  /** Server-side apply; our fields are ours, whoever wrote them before. */
  apply<T extends KubernetesObject>(object: T): Promise<T>;
  /** A merge patch of the subresource `status`. */
  patchStatus(ref: Reference, status: object): Promise<void>;
  /** Ends all connections; nothing is sent after. */
  close(): void;
}

const fieldManager = 'rayshield-flux-controller';
const timeLimit = 30_000;
const plurals: Readonly<Record<string, string>> = {
  ExpandedSource: 'expandedsources',
  ExternalArtifact: 'externalartifacts',
  GitRepository: 'gitrepositories',
  OCIRepository: 'ocirepositories',
  Bucket: 'buckets',
  Lease: 'leases',
};

/** The path of a collection, in one namespace or, where it is empty, in all. */
export function pathOfKind({ apiVersion, kind, namespace }: Omit<Reference, 'name'>): string {
  const plural = plurals[kind];
  if (plural === undefined) throw new Error(`no path is known for ${kind}`);
  return `/apis/${apiVersion}${namespace === '' ? '' : `/namespaces/${namespace}`}/${plural}`;
}

const pathOf = (ref: Reference): string => `${pathOfKind(ref)}/${ref.name}`;

const refOf = ({ apiVersion, kind, metadata }: KubernetesObject): Reference => ({
  apiVersion,
  kind,
  namespace: metadata.namespace ?? '',
  name: metadata.name,
});

interface Sent {
  readonly body?: object;
  readonly contentType?: string;
}

/** A Cluster by `config`. */
export function openCluster(config: KubeConfig): Cluster {
  const send = makeSend(config);
  const manager = `fieldManager=${fieldManager}`;
  return {
    read: (ref) => send.call('GET', pathOf(ref)).catch(undefinedWhereAbsent) as Promise<never>,
    list: (path) => send.call('GET', path) as Promise<List>,
    create: (object) =>
      send.call('POST', `${pathOfKind(refOf(object))}?${manager}`, { body: object }) as Promise<never>,
    replace: (object) => send.call('PUT', `${pathOf(refOf(object))}?${manager}`, { body: object }) as Promise<never>,
    apply: (object) =>
      send.call('PATCH', `${pathOf(refOf(object))}?${manager}&force=true`, {
        body: object,
        contentType: 'application/apply-patch+yaml',
      }) as Promise<never>,
    patchStatus: async (ref, status) => {
      await send.call('PATCH', `${pathOf(ref)}/status?${manager}`, {
        body: { status },
        contentType: 'application/merge-patch+json',
      });
    },
    close: send.close,
  };
}

function undefinedWhereAbsent(failure: unknown): undefined {
  if (failure instanceof ApiFailure && failure.status === 404) return undefined;
  throw failure;
}

function makeSend(config: KubeConfig) {
  const cluster = config.getCurrentCluster();
  // What the client takes where it has found nothing.
  if (cluster === null || cluster.server === 'http://localhost:8080') {
    throw new Error('no cluster is known: there is neither KUBECONFIG, nor ~/.kube/config, nor a service account');
  }
  const isPlain = cluster.server.startsWith('http:');
  const agent = isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
  const readAccess = makeAccessReader(config);
  let isClosed = false;
  const call = async (method: string, path: string, { body, contentType }: Sent = {}): Promise<unknown> => {
    if (isClosed) throw new Error(`${method} ${path}: the client is closed`);
    const options = await readAccess();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...options.headers,
      accept: 'application/json',
      ...(text !== undefined && {
        'content-type': contentType ?? 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    const asked = { ...options, agent, method, headers, timeout: timeLimit };
    const url = new URL(cluster.server.replace(/\/$/, '') + path);
    return new Promise((resolve, reject) => {
      const sent = (isPlain ? httpRequest : httpsRequest)(url, asked, (response) => {
        readAnswer(response, `${method} ${url.pathname}`).then(resolve, reject);
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${url.pathname}: no answer within 30 s`)));
      sent.on('error', reject);
      sent.end(text);
    });
  };
  const close = (): void => {
    isClosed = true;
    agent.destroy();
  };
  return { call, close };
}

// A pod's token is good for an hour, and another lies there long before: https://kubernetes.io/docs/concepts/storage/projected-volumes/
const accessAge = 30_000;

/** Who we are, as the client finds it out: it reads all files each time that it is asked. */
function makeAccessReader(config: KubeConfig): () => Promise<RequestOptions> {
  let known: { readonly options: RequestOptions; readonly at: number } | undefined;
  return async () => {
    if (known !== undefined && performance.now() - known.at < accessAge) return known.options;
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    known = { options, at: performance.now() };
    return options;
  };
}

async function readAnswer(response: IncomingMessage, asked: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const status = response.statusCode ?? 0;
  const isJson = response.headers['content-type']?.includes('json') === true;
  const answer: unknown = isJson ? JSON.parse(text) : text;
  if (status < 300) return answer;
  const said = isJson ? (answer as { message?: string }).message : undefined;
  throw new ApiFailure(asked, status, said ?? response.statusMessage ?? '');
}
