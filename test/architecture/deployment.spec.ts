import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const services = ['subscription', 'provisioning', 'full-sync', 'notification', 'admin-api'];
const sealed = ['subscription', 'full-sync', 'notification', 'admin-api'];
/** Of SIGTERM, whatever a process is doing. */
const ENDS_WITHIN_SECONDS = 10;
const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Container {
  name: string;
  image: string;
  env: { name: string; value: string }[];
  envFrom: { secretRef?: { name: string } }[];
  livenessProbe: { httpGet: { path: string } };
  readinessProbe: { httpGet: { path: string } };
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  securityContext: Record<string, unknown>;
  lifecycle?: { preStop: { exec: { command: string[] } } };
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: {
    replicas: number;
    selector: { matchLabels: object };
    template: { metadata: { labels: object }; spec: { containers: Container[]; terminationGracePeriodSeconds: number } };
  };
}

describe('docker-compose.yml', () => {
  const compose = parse(text('docker-compose.yml'), { merge: true }) as {
    services: Record<string, { environment: Record<string, string>; healthcheck: { test: string[] }; image: string }>;
  };

  it('has Kafka, Postgres and every service, each with a health check', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual([
      'admin-api',
      'full-sync',
      'kafka',
      'notification',
      'postgres',
      'provisioning',
      'subscription',
    ]);
    for (const service of Object.values(compose.services)) expect(service.healthcheck.test.length).toBeGreaterThan(1);
  });

  it.each(services)(
    'runs %s as its own process on the engines, with the sealing key only where it is read (invariant 10)',
    (name) => {
      const { environment } = compose.services[name]!;
      expect(environment).toMatchObject({ APP: name, KAFKA_BROKERS: 'kafka:9092' });
      expect(environment['DATABASE_URL']).toContain('@postgres:5432/rollcall');
      expect('SECRETS_KEY' in environment).toBe(sealed.includes(name));
    },
  );
});

describe('k8s/base', () => {
  const folder = new URL('../../k8s/base/', import.meta.url);
  const { resources } = parse(text('k8s/base/kustomization.yaml')) as { resources: string[] };
  const manifests = resources.flatMap((file) =>
    parseAllDocuments(text(`k8s/base/${file}`)).map((document) => document.toJS() as Manifest),
  );

  it('lists every file of the folder', () => {
    const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
    expect(resources.toSorted()).toEqual(files.toSorted());
  });

  it.each(services)('deploys %s with probes, resources, no privileges, and only the secrets that it reads', (name) => {
    const deployment = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)!;
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
    const [container] = deployment.spec.template.spec.containers;
    expect(container!.env).toContainEqual({ name: 'APP', value: name });
    expect(container!.livenessProbe.httpGet.path).toBe('/health/live');
    expect(container!.readinessProbe.httpGet.path).toBe('/health/ready');
    expect(container!.resources.requests).toHaveProperty('memory');
    expect(container!.resources.limits).toHaveProperty('memory');
    expect(container!.securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
    const secrets = container!.envFrom.flatMap(({ secretRef }) => (secretRef === undefined ? [] : [secretRef.name]));
    expect(secrets.includes('rollcall-sealing')).toBe(sealed.includes(name));
    expect(secrets.includes('rollcall-admin')).toBe(name === 'admin-api');
    expect(secrets.includes('rollcall-mail')).toBe(name === 'notification');
  });

  it('gives every pod the time in which it ends, and lets those behind a Service answer on until nobody leads to them any more', () => {
    const served = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    expect(served.toSorted()).toEqual(['admin-api', 'subscription']);
    for (const name of services) {
      const { spec } = manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)!.spec.template;
      const command = spec.containers[0]!.lifecycle?.preStop.exec.command;
      expect(command?.[0], name).toBe(served.includes(name) ? 'sleep' : undefined);
      const pauseSeconds = Number(command?.[1] ?? 0);
      if (served.includes(name)) expect(pauseSeconds, name).toBeGreaterThanOrEqual(3);
      expect(spec.terminationGracePeriodSeconds, name).toBeGreaterThanOrEqual(pauseSeconds + ENDS_WITHIN_SECONDS);
    }
  });
});

describe('Dockerfile', () => {
  it('builds every app into one image that does not run as root', () => {
    expect(text('Dockerfile')).toMatch(/\nUSER node\n/);
    expect(text('Dockerfile')).toContain('dist/apps/${APP}/src/main.js');
  });
});
