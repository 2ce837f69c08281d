import { signal } from "@preact/signals";
import { FakeLink } from "~/models/fake_link";
import type { Farewell, Namespace, Refused } from "~/protocol/types";
import type { Connection, LinkStatus } from "~/transport";

/** A whole connection that a test, or the gallery, holds in its hand. */
export class FakeConnection<N extends Namespace> extends FakeLink<N> implements Connection<N> {
  readonly status = signal<LinkStatus>("online");
  readonly refusal = signal<Refused | null>(null);
  readonly farewell = signal<Farewell | null>(null);
  retries = 0;
  closed = false;

  retry(): void {
    this.retries += 1;
  }

  close(): void {
    this.closed = true;
  }
}
