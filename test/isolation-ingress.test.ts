// What opens a Ray pod to the operator, to submitters, to monitoring and to Ray clients, and what moves the ports (design.md 4).
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../plugin/manifests/manifest.ts';
import type { RayKind } from '../plugin/ray/spec.ts';
import { expandWorld } from './support/expanded-world.ts';
import { buildOwner, type OwnerOptions } from './support/ray-owner.ts';
import type { Place } from './support/ray-world.ts';

type Settings = Parameters<typeof expandWorld>[1];

const isolated = { networkIsolation: {} };
const expandOne = (kind: RayKind, options: OwnerOptions = {}, settings: Settings = {}) =>
  expandWorld([buildOwner(kind, { ...options, cluster: { ...isolated, ...options.cluster } })], settings);

const submitterPodTemplate = { spec: { restartPolicy: 'Never', containers: [{ name: 'submit', image: 'ray' }] } };

describe('while operatorNamespace is unset, the operator is whoever is labelled so', () => {
  test.each<[from: Place, kind: RayKind, port: number, allowed: boolean]>([
    ['operator', 'RayCluster', 8265, true],
    ['fakeOperator', 'RayCluster', 8265, true],
    ['fakeOperator', 'RayCluster', 8000, false],
    ['fakeOperator', 'RayCluster', 10001, false],
    ['fakeOperator', 'RayService', 8000, true],
    ['fakeOperator', 'RayService', 10001, false],
    ['operatorsNeighbour', 'RayCluster', 8265, false],
    ['foreigner', 'RayCluster', 8265, false],
  ])('%s, %s on %i: %j', (from, kind, port, allowed) => {
    expect(expandOne(kind)(from, 'head', port)).toBe(allowed);
  });
});

describe('the ports follow the pod', () => {
  const named = (name: string, containerPort: number) => ({ head: { ray: { ports: [{ name, containerPort }] } } });
  const moved = (parameter: string, port: string) => ({ head: { rayStartParams: { [parameter]: port } } });
  test.each<[title: string, kind: RayKind, options: OwnerOptions, open: number, closed: number]>([
    ['dashboard-port', 'RayCluster', moved('dashboard-port', '9265'), 9265, 8265],
    ['the container port dashboard', 'RayCluster', named('dashboard', 9265), 9265, 8265],
    ['the container port serve', 'RayService', named('serve', 9000), 9000, 8000],
  ])('%s moves what the operator reaches', (...[, kind, options, open, closed]) => {
    const reaches = expandOne(kind, options);
    expect(reaches('operator', 'head', open)).toBe(true);
    expect(reaches('operator', 'head', closed)).toBe(false);
  });

  test('dashboard-port moves what the submitter reaches', () => {
    const reaches = expandOne('RayJob', moved('dashboard-port', '9265'));
    expect(reaches('submitter', 'head', 9265)).toBe(true);
    expect(reaches('submitter', 'head', 8265)).toBe(false);
  });
});

describe('submitters', () => {
  test.each(['HTTPMode', 'SidecarMode', 'InteractiveMode'])('%s has none to let in', (submissionMode) => {
    const reaches = expandOne('RayJob', { job: { submissionMode } });
    expect(reaches('submitter', 'head', 8265)).toBe(false);
    expect(reaches('operator', 'head', 8265)).toBe(true);
  });

  test('K8sJobMode, said or not, has one', () => {
    expect(expandOne('RayJob', { job: { submissionMode: 'K8sJobMode' } })('submitter', 'head', 8265)).toBe(true);
    expect(expandOne('RayJob')('submitter', 'head', 8265)).toBe(true);
  });

  test('a RayCronJob with a submitterPodTemplate knows its own', () => {
    const reaches = expandOne('RayCronJob', { job: { submitterPodTemplate } });
    expect(reaches('submitter', 'head', 8265)).toBe(true);
    expect(reaches('oldSubmitter', 'head', 8265)).toBe(true);
    expect(reaches('visitor', 'head', 8265)).toBe(false);
  });

  test('a RayCronJob without one lets in whoever KubeRay 1.7 marks as of a RayJob', () => {
    const reaches = expandOne('RayCronJob');
    expect(reaches('submitter', 'head', 8265)).toBe(true);
    expect(reaches('visitor', 'head', 8265)).toBe(true);
    expect(reaches('visitor', 'head', 10001)).toBe(false);
    expect(reaches('visitor', 'small', 8265)).toBe(false);
    expect(reaches('namesakeSubmitter', 'head', 8265)).toBe(false);
    expect(reaches('oldSubmitter', 'head', 8265)).toBe(false);
  });

  const visit = (namespace: string): KubernetesObject => ({
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { name: 'visit', namespace },
    spec: { entrypoint: 'python visit.py', clusterSelector: { 'ray.io/cluster': 'demo' } },
  });

  test('a RayJob whose clusterSelector names the cluster gets its submitter in', () => {
    const reaches = expandWorld([visit('ml'), buildOwner('RayCluster', { cluster: isolated })]);
    expect(reaches('visitor', 'head', 8265)).toBe(true);
    expect(reaches('visitor', 'head', 10001)).toBe(false);
    expect(reaches('visitor', 'small', 8265)).toBe(false);
    expect(reaches('submitter', 'head', 8265)).toBe(false);
  });

  test('a RayJob of another namespace does not', () => {
    const reaches = expandWorld([visit('lab'), buildOwner('RayCluster', { cluster: isolated })]);
    expect(reaches('visitor', 'head', 8265)).toBe(false);
  });
});

describe('monitoring', () => {
  const monitoringNamespaces = ['monitoring'];

  test('nobody reads metrics while no namespace is named', () => {
    const reaches = expandOne('RayCluster');
    expect([8080, 44217, 44227].filter((port) => reaches('prometheus', 'head', port))).toEqual([]);
  });

  test('the namespaces are those named', () => {
    const reaches = expandOne('RayCluster', {}, { monitoringNamespaces: ['caches', 'lab'] });
    expect(reaches('fakePrometheus', 'small', 8080)).toBe(true);
    expect(reaches('farRedis', 'head', 44217)).toBe(true);
    expect(reaches('prometheus', 'small', 8080)).toBe(false);
  });

  test('metrics-export-port moves the port of its group', () => {
    const small = { rayStartParams: { 'metrics-export-port': '9090' } };
    const reaches = expandOne('RayCluster', { small }, { monitoringNamespaces });
    expect(reaches('prometheus', 'small', 9090)).toBe(true);
    expect(reaches('prometheus', 'gpu', 8080)).toBe(true);
    expect(reaches('prometheus', 'head', 8080)).toBe(true);
  });

  test('the container port metrics moves it too', () => {
    const head = { ray: { ports: [{ name: 'metrics', containerPort: 9090 }] } };
    const reaches = expandOne('RayService', { head }, { monitoringNamespaces });
    expect(reaches('prometheus', 'head', 9090)).toBe(true);
    expect(reaches('prometheus', 'gpu', 8080)).toBe(true);
  });
});

describe('clients of tlsOptions', () => {
  const clients = [
    { name: 'notebook', from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'notebook' } } }] },
  ];

  test.each<RayKind>(['RayCluster', 'RayService'])('reach the client port of the head of a %s and no other', (kind) => {
    const reaches = expandOne(kind, { cluster: { tlsOptions: { clients } } });
    expect(reaches('notebook', 'head', 10001)).toBe(true);
    expect(reaches('notebook', 'next', 10001)).toBe(true);
    expect(reaches('notebook', 'head', 8265)).toBe(false);
    expect(reaches('notebook', 'small', 10001)).toBe(false);
    expect(reaches('foreigner', 'head', 10001)).toBe(false);
  });

  test('without from, nobody is let in', () => {
    const reaches = expandOne('RayCluster', { cluster: { tlsOptions: { clients: [{ name: 'notebook' }] } } });
    expect(reaches('notebook', 'head', 10001)).toBe(false);
  });

  test('the client port moves with ray-client-server-port', () => {
    const head = { rayStartParams: { 'ray-client-server-port': '10101' } };
    const reaches = expandOne('RayCluster', { head, cluster: { tlsOptions: { clients } } });
    expect(reaches('notebook', 'head', 10101)).toBe(true);
    expect(reaches('notebook', 'head', 10001)).toBe(false);
  });
});
