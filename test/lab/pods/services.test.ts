// https://kubernetes.io/docs/reference/networking/virtual-ips/
import { describe, expect, test } from 'vitest';
import { type EndpointSlice, printServices, type Service } from './services.ts';

const service = (spec: Service['spec'], name = 'front'): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'ml' },
  spec,
});
const slice = (part: Partial<EndpointSlice>, of = 'front'): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${of}-1`, namespace: 'ml', labels: { 'kubernetes.io/service-name': of } },
  ...part,
});
const elementsOf = (...args: Parameters<typeof printServices>): string | undefined =>
  /elements = \{ (.*) \}/.exec(printServices(...args))?.[1];

const web = { name: 'web', port: 80 };
const ports = [{ name: 'web', port: 8000, protocol: 'TCP' as const }];
const endpoints = [{ addresses: ['10.66.0.10'], conditions: { ready: true } }];

describe('a Service with an address', () => {
  test('leads to the port of an endpoint', () => {
    const one = service({ clusterIP: '10.96.0.7', ports: [web] });
    expect(elementsOf([one], [slice({ ports, endpoints })])).toBe('10.96.0.7 . tcp . 80 : 10.66.0.10 . 8000');
  });

  test('passes over endpoints that are not ready, and slices of others', () => {
    const unready = { addresses: ['10.66.0.9'], conditions: { ready: false } };
    const slices = [
      slice({ ports, endpoints }, 'other'),
      slice({ ports, endpoints: [unready, { addresses: ['10.66.0.11'] }] }),
    ];
    expect(elementsOf([service({ clusterIP: '10.96.0.7', ports: [web] })], slices)).toBe(
      '10.96.0.7 . tcp . 80 : 10.66.0.11 . 8000',
    );
  });

  test('leads nowhere without endpoints, which the API server writes as null', () => {
    expect(
      elementsOf([service({ clusterIP: '10.96.0.7', ports: [web] })], [slice({ endpoints: null, ports: null })]),
    ).toBeUndefined();
  });
});

test('a headless Service is DNS alone', () => {
  expect(elementsOf([service({ clusterIP: 'None', ports: [web] })], [slice({ ports, endpoints })])).toBeUndefined();
});
