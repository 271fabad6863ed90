// What runtime environments fetch from elsewhere when a job or application starts.
// https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference
import type { FieldPath } from '../findings/finding.ts';
import { valueAt } from '../manifests/edit.ts';
import { readEmbedded } from '../manifests/embedded.ts';
import type { KubernetesObject } from '../manifests/manifest.ts';
import { rayKinds } from './kinds.ts';
import type { RaySpec } from './spec.ts';

/** The runtime environments that one field of an owner holds. */
export interface RuntimeEnvs {
  readonly path: FieldPath;
  /** The fields of them that make Ray fetch something, each once. */
  readonly fetched: readonly string[];
  /** Whether they say where it is fetched from, so that it need not be the usual place. */
  readonly namesSource: boolean;
}

type Map = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Undefined where an owner has no runtime environment, or one that fetches nothing. */
export function findRuntimeEnvs({ owner, kind }: RaySpec): RuntimeEnvs | undefined {
  const holder = rayKinds[kind].specPath.slice(0, -1);
  const path = [...holder, kind === 'RayService' ? 'serveConfigV2' : 'runtimeEnvYAML'];
  const value = kind === 'RayCluster' ? undefined : readEmbedded(valueAt(owner.body, path));
  return judge(kind === 'RayService' ? findServeEnvs(value) : [value], path);
}

/** The same of a RayJob that runs on a cluster by `clusterSelector`: nothing of its body has been checked. */
export function findVisitingEnvs(job: KubernetesObject): RuntimeEnvs | undefined {
  const path = ['spec', 'runtimeEnvYAML'];
  return judge([readEmbedded(valueAt(job, path))], path);
}

function judge(values: readonly unknown[], path: FieldPath): RuntimeEnvs | undefined {
  const environments = values.filter(isMap);
  const fetched = [...new Set(environments.flatMap(findFetched))];
  return fetched.length === 0 ? undefined : { path, fetched, namesSource: environments.some(namesSource) };
}

/** Of applications and of the deployments in them. */
const findServeEnvs = (config: unknown): unknown[] =>
  list(valueAt(config, ['applications'])).flatMap((application) => [
    valueAt(application, ['runtime_env']),
    ...list(valueAt(application, ['deployments'])).map((one) => valueAt(one, ['ray_actor_options', 'runtime_env'])),
  ]);

const fetches: Readonly<Record<string, (value: unknown) => boolean>> = {
  pip: hasPackages,
  uv: hasPackages,
  // A text without an ending is the name of an environment that the image has.
  conda: (value) => isMap(value) || /\.ya?ml$/.test(String(value)),
  working_dir: isRemote,
  py_modules: (value) => list(value).some(isRemote),
  java_jars: (value) => list(value).some(isRemote),
  // It builds the environment of each worker from an index, unless it is told not to.
  py_executable: (value) => /^\s*(?:\S*\/)?uvx?\s(?!.*--(?:offline|no-index)\b)/.test(String(value)),
  image_uri: isText,
  container: isMap,
};

const findFetched = (environment: Map): string[] =>
  Object.keys(fetches).filter(
    (field) => Object.hasOwn(environment, field) && fetches[field]?.(environment[field]) === true,
  );

/** A list of packages, a requirements file, or a map with either; packages of the image's own disk are not fetched. */
function hasPackages(value: unknown): boolean {
  // Another pip, or another uv, is fetched itself.
  if (isMap(value))
    return hasPackages(value['packages']) || isText(value['pip_version']) || isText(value['uv_version']);
  if (typeof value === 'string') return isText(value);
  const packages = list(value).map(String);
  return !packages.includes('--no-index') && packages.some((one) => !/^(?:\.{0,2}\/|file:|-)/.test(one));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** `gcs://` is the cluster's own store, not that of Google. */
function isRemote(value: unknown): boolean {
  return typeof value === 'string' && /^(?!file:|gcs:|local:)[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

/** A proxy, an index or an endpoint of the user's own, or a port in an address. */
function namesSource(environment: Map): boolean {
  const { env_vars: variables, ...rest } = environment;
  const text = JSON.stringify(rest, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  return (
    Object.keys(Object(variables)).some(isSourceVariable) || /index-url|find-links|"-[if]|:\/\/[^/"]*:\d/.test(text)
  );
}

/** Whether a variable says where packages and files come from. */
export const isSourceVariable = (name: string): boolean => /PROXY|INDEX|ENDPOINT|CHANNEL|FIND_LINKS/i.test(name);
