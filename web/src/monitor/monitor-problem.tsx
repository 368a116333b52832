import { hasCode } from '../api/api-error.ts';
import { explainError } from '../calendar/changes/explain-error.ts';
import { useText } from '../i18n/text.ts';
import { withCode } from '../ui/with-code.ts';

/** Why the monitor shows nothing, and what would change that. */
export function MonitorProblem({ error }: { readonly error: Error }) {
  const text = useText();
  const { monitor } = text;
  return (
    <div className="monitor-empty" role="alert">
      {hasCode(error, 'forbidden') ? (
        <>
          <h2>{monitor.forbidden}</h2>
          <p>{withCode(monitor.forbiddenHint)}</p>
        </>
      ) : hasCode(error, 'not_found') ? (
        <>
          <h2>{monitor.absent}</h2>
          <p>{withCode(monitor.absentHint)}</p>
        </>
      ) : (
        <p>{explainError(error, text)}</p>
      )}
    </div>
  );
}
