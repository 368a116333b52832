import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { ApiError, AwayError } from '../api/api-error.ts';
import { send } from '../api/call-api.ts';
import { useText } from '../i18n/text.ts';
import { withCode } from '../ui/with-code.ts';

/** What a browser sees that is not signed in: both ways in, and what each needs. */
export function SignInPage() {
  const text = useText();
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [message, setMessage] = useState('');
  const signIn = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMessage('');
    try {
      await send('/sign-in', { method: 'POST', headers: { authorization: `Bearer ${token.trim()}` } });
      await client.resetQueries();
    } catch (error) {
      if (error instanceof AwayError) setMessage(text.serverAway);
      // A character that no header may have is in no token either.
      else if (error instanceof ApiError || error instanceof TypeError) setMessage(text.badToken);
      else throw error;
    }
  };
  return (
    <main className="sign-in">
      <img src="/favicon.svg" alt="" width="48" height="48" />
      <h1>{text.signInTitle}</h1>
      <p>{withCode(text.signInLink)}</p>
      <form onSubmit={(event) => void signIn(event)}>
        <label className="field">
          <span>{text.token}</span>
          <input
            type="password"
            required
            autoComplete="off"
            value={token}
            aria-describedby="token-hint token-error"
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        <p id="token-hint" className="hint">
          {withCode(text.tokenHint)}
        </p>
        <p id="token-error" className="form-error" role="alert">
          {message}
        </p>
        <button type="submit" className="button primary">
          {text.signIn}
        </button>
      </form>
    </main>
  );
}
