import { useText } from '../../i18n/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Scope } from '../changes/edited.ts';

interface ScopeDialogProps {
  readonly title: string;
  readonly onChoose: (scope: Scope) => void;
  readonly onClose: () => void;
}

const SCOPES = ['this', 'following', 'all'] as const;

/** Asks which occurrences are meant, where an event of a series is moved or deleted in the view. */
export function ScopeDialog({ title, onChoose, onClose }: ScopeDialogProps) {
  const text = useText();
  return (
    <Dialog title={title} onClose={onClose} className="scope-dialog">
      <div className="scope-choices">
        {SCOPES.map((scope) => (
          <button key={scope} type="button" className="button" onClick={() => onChoose(scope)}>
            {text.scope[scope]}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
