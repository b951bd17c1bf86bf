import { randomUUID } from 'node:crypto';
import { detectResources, envDetector, resourceFromAttributes, type Resource } from '@opentelemetry/resources';

/** Who the spans are of. What `OTEL_RESOURCE_ATTRIBUTES` and the given name say goes before our own. */
export function serviceResource(service: string, serviceName: string | undefined): Resource {
  const ours = resourceFromAttributes({ 'service.name': `rollcall-${service}`, 'service.instance.id': randomUUID() });
  const operators = detectResources({ detectors: [envDetector] });
  return ours.merge(operators).merge(resourceFromAttributes(serviceName === undefined ? {} : { 'service.name': serviceName }));
}
