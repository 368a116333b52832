export { ErrorAnswer } from './error-answer.ts';
export { registerOpenApi, type OpenApiOptions } from './register-openapi.ts';
export { healthPath, metricsPath, OPEN, openApiPath, textPath } from './system-paths.ts';
