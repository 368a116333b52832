import { useIsAway } from '../api/availability.ts';
import { useText } from '../i18n/text.ts';

/** Says that the server does not answer, above what is known from before; goes away by itself when it does. */
export function AwayNotice() {
  const isAway = useIsAway();
  const text = useText();
  return (
    <div role="status" className="away-place">
      {isAway && <p className="away">{text.awayNotice}</p>}
    </div>
  );
}
