/** What an operation says that needs no credentials. */
export const OPEN = { tags: ['system'], security: [] } as const;

const health = {
  type: 'object',
  required: ['status', 'service_id', 'checks'],
  properties: {
    status: { type: 'string', enum: ['pass', 'warn', 'fail'] },
    service_id: { type: 'string' },
    checks: { type: 'object', additionalProperties: { type: 'object' } },
  },
} as const;

export function healthPath(operationId: string, summary: string) {
  const content = { 'application/json': { schema: health } };
  return {
    get: {
      ...OPEN,
      operationId,
      summary,
      responses: {
        200: { description: 'It passes, or warns.', content },
        503: { description: 'It fails.', content },
      },
    },
  };
}

export function textPath(operationId: string, summary: string, type = 'text/plain') {
  const content = { [type]: { schema: { type: 'string' } } };
  return { get: { ...OPEN, operationId, summary, responses: { 200: { description: summary, content } } } };
}

export function metricsPath(operationId: string) {
  return {
    get: {
      ...textPath(operationId, 'Metrics of the process, as Prometheus reads them').get,
      description: 'Open to this machine alone, unless `metrics.public` is true: else 403.',
    },
  };
}

export const openApiPath = {
  get: {
    ...OPEN,
    operationId: 'OpenApi',
    summary: 'This document',
    responses: {
      200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
    },
  },
} as const;
