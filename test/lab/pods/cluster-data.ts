// What the kubelet reads for a pod from the API server besides the pod: Secrets, ConfigMaps and tokens of its namespace.
import { type Api, ApiError, type KubernetesObject } from '../cluster/api.ts';
import type { DataSource } from './environment.ts';
import type { Pod } from './pod.ts';

interface Data extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

async function readIfThere(api: Api, kind: string, namespace: string, name: string): Promise<Data | undefined> {
  try {
    return (await api.read({ apiVersion: 'v1', kind, namespace, name })) as Data;
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 404) return undefined;
    throw failure;
  }
}

const decode = (data: Data['data'] = {}, encoding: BufferEncoding): [string, Buffer][] =>
  Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)]);

/** The Secrets and ConfigMaps of a namespace. */
export const openDataSource = (api: Api, namespace: string): DataSource => ({
  readSecret: async (name) => {
    const secret = await readIfThere(api, 'Secret', namespace, name);
    return secret && Object.fromEntries(decode(secret.data, 'base64'));
  },
  readConfigMap: async (name) => {
    const map = await readIfThere(api, 'ConfigMap', namespace, name);
    return map && Object.fromEntries([...decode(map.data, 'utf8'), ...decode(map.binaryData, 'base64')]);
  },
});

/** Asks for a token of a pod's service account that is bound to the pod (TokenRequest). */
export async function requestToken(api: Api, pod: Pod, audience: string | undefined, seconds: number): Promise<string> {
  const { name, namespace, uid } = pod.metadata;
  const account = pod.spec.serviceAccountName ?? 'default';
  const { status } = await api.request<{ status: { token: string } }>(
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    {
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {
          ...(audience !== undefined && { audiences: [audience] }),
          expirationSeconds: seconds,
          boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
        },
      },
    },
  );
  return status.token;
}
