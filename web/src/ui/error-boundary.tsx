import { Component, type ReactNode } from 'react';
import { useText } from '../i18n/text.ts';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error?: Error;
}

/** Says what a fault of the page itself is, where React would leave an empty window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error ? <Fault error={this.state.error} /> : this.props.children;
  }
}

function Fault({ error }: { readonly error: Error }) {
  const text = useText();
  return (
    <main className="sign-in">
      <h1>{text.unexpected}</h1>
      <p>{error.message}</p>
      <button type="button" className="button primary" onClick={() => location.reload()}>
        {text.loadAgain}
      </button>
    </main>
  );
}
