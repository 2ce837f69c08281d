/** Both sides of one call in one page, each on its stage: to look at, and to try recovery on without a server. */

import { render } from "preact";
import { CallModel } from "~/call/call";
import { MediaModel } from "~/call/media";
import { TestLog } from "~/call/testing/log";
import { Stage } from "~/components/stage/stage";
import type { Party } from "~/protocol/types";
import "~/styles/base.css";
import "~/styles/components.css";

const log = new TestLog();
const CLERK = { name: "Ana Souza", function: "Analista judiciária", unit: "1ª Vara Cível de Cuiabá" };
log.append(null, { type: "ring", until_ms: 60_000, clerk: CLERK });

class Side {
  readonly party: Party;
  readonly wire;
  readonly media = new MediaModel();
  call: CallModel;

  constructor(party: Party) {
    this.party = party;
    this.wire = log.wire(party);
    this.call = this.enter();
  }

  /** As a reloaded page does: another model, on the same log. */
  reload(): void {
    this.call.dispose();
    this.call = this.enter();
    show();
  }

  private enter(): CallModel {
    return new CallModel({ wire: this.wire, party: this.party, call: log.call, media: this.media });
  }
}

const attendant = new Side("attendant");
const visitor = new Side("visitor");

function show(): void {
  const root = document.querySelector("#sides");
  if (root === null) return;
  render(
    <>
      <div id="visitor">
        <Stage
          key={visitor.call}
          call={visitor.call}
          name={CLERK.name}
          about={`${CLERK.function} · ${CLERK.unit}`}
        />
      </div>
      <div id="attendant">
        <Stage
          call={attendant.call}
          name="Maria Aparecida"
          about="CV1 014 · 1ª Vara Cível de Cuiabá"
          hangUp={false}
        />
      </div>
    </>,
    root,
  );
}

const pair = { log, attendant, visitor };
Object.assign(globalThis, { pair });
export type Pair = typeof pair;
show();
