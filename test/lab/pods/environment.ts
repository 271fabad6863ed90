// The environment of a container before $(VAR) is expanded, in the kubelet's order: Services, envFrom, env; what comes later wins.
// https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
import { type PodPlace, readField, readResource } from './downward.ts';
import { type Container, type EnvFrom, type EnvVar, type KeyRef, NotYet, type Pod } from './pod.ts';

/** Finds the data of Secrets and ConfigMaps of the pod's namespace; undefined where there is no such object. */
export interface DataSource {
  readSecret(name: string): Promise<Readonly<Record<string, Buffer>> | undefined>;
  readConfigMap(name: string): Promise<Readonly<Record<string, Buffer>> | undefined>;
}

export interface Variable {
  readonly name: string;
  readonly value: string;
}

export interface EnvironmentFacts {
  readonly pod: Pod;
  readonly container: Container;
  readonly place: PodPlace;
  readonly source: DataSource;
  /** Where pods find the API server. */
  readonly apiServer: { readonly host: string; readonly port: string };
}

type Find = (name: string) => Promise<Readonly<Record<string, Buffer>> | undefined>;

async function readKey(find: Find, kind: string, { name, key, optional = false }: KeyRef): Promise<string | undefined> {
  const data = await find(name);
  const value = data?.[key];
  if (value !== undefined) return value.toString('utf8');
  if (optional) return undefined;
  const fault = data ? `couldn't find key ${key} in ${kind} ${name}` : `${kind} "${name}" not found`;
  throw new NotYet('CreateContainerConfigError', fault);
}

async function readAll(find: Find, kind: string, from: { name: string; optional?: boolean }): Promise<Variable[]> {
  const data = await find(from.name);
  if (data) return Object.entries(data).map(([name, value]) => ({ name, value: value.toString('utf8') }));
  if (from.optional === true) return [];
  throw new NotYet('CreateContainerConfigError', `${kind} "${from.name}" not found`);
}

async function readEnvFrom({ prefix = '', secretRef, configMapRef }: EnvFrom, source: DataSource): Promise<Variable[]> {
  const all = [
    ...(configMapRef ? await readAll(source.readConfigMap, 'configmap', configMapRef) : []),
    ...(secretRef ? await readAll(source.readSecret, 'secret', secretRef) : []),
  ];
  return all.map(({ name, value }) => ({ name: prefix + name, value }));
}

async function readValue({ value, valueFrom }: EnvVar, facts: EnvironmentFacts): Promise<string | undefined> {
  if (!valueFrom) return value ?? '';
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) return readField(facts.pod, facts.place, fieldRef.fieldPath);
  if (resourceFieldRef) {
    const { containerName = facts.container.name } = resourceFieldRef;
    const asked = facts.pod.spec.containers.find(({ name }) => name === containerName) ?? facts.container;
    return readResource(asked, facts.place, resourceFieldRef);
  }
  if (secretKeyRef) return readKey(facts.source.readSecret, 'secret', secretKeyRef);
  if (configMapKeyRef) return readKey(facts.source.readConfigMap, 'configmap', configMapKeyRef);
  throw new Error('the lab knows no such valueFrom');
}

/**
 * The variables of a container, with what valueFrom means filled in.
 * @throws NotYet where a Secret, a ConfigMap or a key of them is missing.
 */
export async function readEnvironment(facts: EnvironmentFacts): Promise<Variable[]> {
  const { host, port } = facts.apiServer;
  const variables: Variable[] = [
    { name: 'KUBERNETES_SERVICE_HOST', value: host },
    { name: 'KUBERNETES_SERVICE_PORT', value: port },
    { name: 'KUBERNETES_SERVICE_PORT_HTTPS', value: port },
  ];
  for (const from of facts.container.envFrom ?? []) variables.push(...(await readEnvFrom(from, facts.source)));
  for (const variable of facts.container.env ?? []) {
    const value = await readValue(variable, facts);
    // An optional key that is not there leaves the variable out.
    if (value !== undefined) variables.push({ name: variable.name, value });
  }
  return variables;
}
