// Ingresses, routes and Services of the input that lead to the head of a cluster with closed ingress.
import { describe, expect, test } from 'vitest';
import { checkPublished } from '../../../plugin/isolation/check-published.ts';
import { makeRaySpec, type SpecParts } from '../../support/ray-spec.ts';
import { collectReports } from '../../support/reports.ts';

const found = (neighbours: string, parts: SpecParts = {}): unknown[] =>
  collectReports((report) =>
    checkPublished(makeRaySpec({ isolation: { mode: 'denyAll' }, neighbours, ...parts }), report),
  ).map(({ code, facts }) => `${code} ${(facts as { by: string }).by}`);

const document = (apiVersion: string, kind: string, spec: string, namespace = 'ml'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web, namespace: ${namespace}}\nspec: ${spec}\n---\n`;
const service = (spec: string): string => document('v1', 'Service', spec);
const ingress = (name: string, port = '{number: 80}'): string =>
  document(
    'networking.k8s.io/v1',
    'Ingress',
    `{rules: [{http: {paths: [{backend: {service: {name: ${name}, port: ${port}}}}]}}]}`,
  );
const gateway = (kind: string, reference: string, namespace = 'ml'): string =>
  document('gateway.networking.k8s.io/v1', kind, `{rules: [{backendRefs: [{${reference}}]}]}`, namespace);
const head = '{ray.io/cluster: demo, ray.io/node-type: head}';
const dashboard = service(`{selector: ${head}, ports: [{name: ui, port: 80, targetPort: 8265}]}`);
const open = (port: number): SpecParts => ({
  isolation: { mode: 'denyAll', head: { ingressRules: [{ from: [{ podSelector: {} }], ports: [{ port }] }] } },
});

describe('a route to a Service of KubeRay', () => {
  test.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'])('%s', (kind) => {
    expect(found(gateway(kind, 'name: demo-head-svc, port: 8265'))).toEqual([`HEAD_PUBLISHED_CLOSED ${kind}`]);
    expect(found(gateway(kind, 'name: demo-head-svc, port: 8265'), open(8265))).toEqual([]);
    expect(found(gateway(kind, 'name: demo-head-svc, port: 8265'), open(10001))).toHaveLength(1);
  });

  test('from another namespace names ours', () => {
    expect(found(gateway('HTTPRoute', 'name: demo-head-svc, namespace: ml', 'web'))).toHaveLength(1);
    expect(found(gateway('HTTPRoute', 'name: demo-head-svc', 'web'))).toEqual([]);
  });

  test('of OpenShift', () => {
    const route = (name: string): string =>
      document('route.openshift.io/v1', 'Route', `{to: {kind: Service, name: ${name}}, port: {targetPort: dashboard}}`);
    expect(found(route('demo-head-svc'))).toEqual(['HEAD_PUBLISHED_CLOSED Route']);
    expect(found(route('other'))).toEqual([]);
  });

  test.each([
    gateway('HTTPRoute', 'name: other'),
    gateway('HTTPRoute', 'name: demo-head-svc, kind: Bucket'),
    gateway('HTTPRoute', 'name: demo-head-svc').replace('gateway.networking.k8s.io', 'example.com'),
    document('gateway.networking.k8s.io/v1', 'HTTPRoute', '{rules: none}'),
  ])('that is none is no matter: %j', (route) => {
    expect(found(route)).toEqual([]);
  });
});

describe('a Service of the input', () => {
  test('publishes the head where an Ingress leads to it', () => {
    expect(found(dashboard)).toEqual([]);
    expect(found(dashboard + ingress('web'))).toEqual(['HEAD_PUBLISHED_CLOSED Ingress']);
    expect(found(dashboard + ingress('web', '{name: ui}'))).toHaveLength(1);
    expect(found(dashboard + ingress('elsewhere'))).toEqual([]);
  });

  test('is let in by the port of the pod, not by its own', () => {
    expect(found(dashboard + ingress('web'), open(8265))).toEqual([]);
    expect(found(dashboard + ingress('web'), open(80))).toHaveLength(1);
  });

  test('takes the port that the route asks for, of several', () => {
    const two = service(`{selector: ${head}, ports: [{port: 80, targetPort: 8265}, {port: 81, targetPort: 10001}]}`);
    expect(found(two + ingress('web', '{number: 81}'), open(8265))).toHaveLength(1);
    expect(found(two + ingress('web', '{number: 81}'), open(10001))).toEqual([]);
  });

  test('of workers, or of none, is no matter', () => {
    const workers = service('{selector: {ray.io/node-type: worker}, ports: [{port: 80}]}');
    expect(found(workers + ingress('web'))).toEqual([]);
    expect(found(service('{ports: [{port: 80}]}') + ingress('web'))).toEqual([]);
    expect(found(service(`{type: LoadBalancer, selector: ${head}, ports: [{port: 8265}]}`))).toEqual([
      'HEAD_PUBLISHED_CLOSED LoadBalancer',
    ]);
  });
});
