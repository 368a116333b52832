import { useText } from '../../i18n/text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RemindersList } from './reminders-list.tsx';

/** The reminders where there is no room for a list beside the calendar. */
export function RemindersDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text.reminders} onClose={onClose} className="reminders-dialog">
      <RemindersList most={30} />
    </Dialog>
  );
}
