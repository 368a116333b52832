/**
 * The options of a route that is one method of the API. Its name, the same as over gRPC, is the operation
 * of the documentation and the label of the metrics.
 */
export function operation<S extends object>(name: string, schema: S) {
  return { config: { operation: name }, schema: { operationId: name, ...schema } };
}
