import { Temporal } from 'temporal-polyfill';
import { useText } from '../../i18n/text.ts';

interface JumpFieldProps {
  readonly date: Temporal.PlainDate;
  readonly onGo: (date: Temporal.PlainDate) => void;
}

/** Goes to a date: when it is picked, or typed and left or sent with Enter. */
export function JumpField({ date, onGo }: JumpFieldProps) {
  const text = useText();
  const go = (input: HTMLInputElement): void => {
    // Years are typed digit by digit: 0002 is on the way to 2027.
    if (input.value !== '' && input.value >= '1000' && input.value !== date.toString()) {
      onGo(Temporal.PlainDate.from(input.value));
    }
  };
  return (
    <input
      key={date.toString()}
      type="date"
      className="jump wide-only"
      aria-label={text.jump}
      defaultValue={date.toString()}
      onBlur={(event) => go(event.target)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go(event.currentTarget);
      }}
    />
  );
}
