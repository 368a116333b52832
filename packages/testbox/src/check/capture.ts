import type { CaptureSource } from '../file/test-file.ts';
import type { Answer } from './answer.ts';
import { followPath } from './json-path.ts';

/** What a capture takes from an answer, as text; undefined where there is nothing to take. */
export function captureFrom(source: CaptureSource, answer: Answer): string | undefined {
  switch (source.kind) {
    case 'header':
      return answer.headers.get(source.name.toLowerCase());
    case 'body': {
      const match = new RegExp(source.pattern, 'u').exec(answer.body);
      return match?.[1] ?? match?.[0];
    }
    case 'json': {
      const value = answer.json === undefined ? undefined : followPath(answer.json, source.steps);
      if (value === undefined || value === null) return undefined;
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    default:
      return source satisfies never;
  }
}

/** For messages: `json items[0].id`, `header ETag`. */
export function describeCapture(source: CaptureSource): string {
  switch (source.kind) {
    case 'header':
      return `header ${source.name}`;
    case 'body':
      return `body ${source.pattern}`;
    case 'json':
      return `json ${source.path}`;
    default:
      return source satisfies never;
  }
}
