import { useText } from '../i18n/text.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Every key that does something. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text.keys} onClose={onClose} className="help-dialog">
      <dl className="keys">
        {text.keyList.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{text.keysOff}</p>
    </Dialog>
  );
}
