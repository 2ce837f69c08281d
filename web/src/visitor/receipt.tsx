import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { Ticket } from "~/components/ticket";
import { common } from "~/i18n/common";
import { wall } from "~/i18n/time";
import { visitorWords } from "~/i18n/visitor";
import { EVERY_TICKET_STATE, type Receipt } from "~/protocol/types";
import { type Fresh, Refreshed } from "~/visitor/refreshed";
import { clockAt } from "~/visitor/sentences";
import { type Verdict, verify } from "~/visitor/signature";

/** `/recibo/<code>` */
export function ReceiptPage({ code }: { readonly code: string }) {
  const receipt = useMemo(() => new Refreshed<Receipt>(`receipts/${encodeURIComponent(code)}`), [code]);
  useEffect(() => () => receipt.dispose(), [receipt]);
  return <ReceiptSheet receipt={receipt} />;
}

/** What happened, signed. No name and no document of the visitor. */
export function ReceiptSheet({ receipt }: { readonly receipt: Fresh<Receipt> }) {
  const words = visitorWords.value.receipt;
  const reply = receipt.reply.value;
  if (reply === null) {
    return (
      <main class="page">
        <p role="status">{words.loading}</p>
      </main>
    );
  }
  if (!reply.ok) {
    const unknown = reply.code === "receipt_unknown" || reply.code === "not_found";
    return (
      <main class="page">
        <h1 class="title">{unknown ? words.unknown : common.value.refusals[reply.code]}</h1>
        {unknown ? <p>{words.unknownHow}</p> : null}
        {unknown ? null : (
          <Button kind="main" onClick={() => void receipt.fetch()}>
            {common.value.tryAgain}
          </Button>
        )}
        <a class="button button-plain" href="/">
          {visitorWords.value.unit.toList}
        </a>
      </main>
    );
  }
  return <Paper receipt={reply.body} />;
}

function Paper({ receipt }: { readonly receipt: Receipt }) {
  const words = visitorWords.value.receipt;
  const verdict = useSignal<Verdict>("unknown");
  useEffect(() => {
    void verify(receipt).then((found) => (verdict.value = found));
  }, [receipt, verdict]);
  return (
    <main class="page">
      <h1 class="title">{words.title}</h1>
      <Ticket label={words.number} aside={receipt.comarca} number={receipt.number}>
        <dl class="facts">
          {factsOf(receipt).map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd class="numbers">{value}</dd>
            </div>
          ))}
        </dl>
      </Ticket>
      {verdict.value === "genuine" ? <Notice tone="ok">{words.genuine}</Notice> : null}
      {verdict.value === "altered" ? (
        <Notice tone="bad" role="alert">
          {words.altered}
        </Notice>
      ) : null}
      <p class="quiet">{words.noPerson}</p>
      <Button wide onClick={() => print()}>
        {words.print}
      </Button>
      <details class="proof">
        <summary>{words.proof}</summary>
        <p class="quiet">{words.proofHow}</p>
        <dl class="facts">
          <div>
            <dt>{words.signed}</dt>
            <dd>
              <code>{receipt.signed}</code>
            </dd>
          </div>
          <div>
            <dt>{words.signature}</dt>
            <dd>
              <code>{receipt.signature}</code>
            </dd>
          </div>
          <div>
            <dt>{words.key}</dt>
            <dd>
              <code>{receipt.public_key}</code>
            </dd>
          </div>
        </dl>
      </details>
    </main>
  );
}

/** What is known, in the order in which it happened. */
function factsOf(receipt: Receipt): readonly (readonly [string, string])[] {
  const all = visitorWords.value;
  const words = all.receipt;
  const { zone } = receipt;
  const clock = (ms: number | null): string | null => (ms === null ? null : clockAt(ms, zone, common.value));
  const state = EVERY_TICKET_STATE.find((one) => one === receipt.state);
  const waitedUntil = receipt.called_ms ?? receipt.ended_ms;
  const facts: readonly (readonly [string, string | null])[] = [
    [words.protocol, receipt.protocol],
    [words.unit, receipt.unit],
    [words.state, state === undefined ? receipt.state : words.states[state]],
    [words.outcome, receipt.outcome === null ? null : all.ended.outcomes[receipt.outcome]],
    [words.clerk, receipt.clerk],
    [words.day, `${common.value.date(wall(receipt.joined_ms, zone))} ${common.value.zone(zone)}`],
    [words.joined, clock(receipt.joined_ms)],
    [words.position, words.ahead(receipt.original_position)],
    [
      words.announced,
      receipt.announced_low_min === null || receipt.announced_high_min === null
        ? null
        : words.announcedRange(receipt.announced_low_min, receipt.announced_high_min),
    ],
    [
      words.waited,
      waitedUntil === null
        ? null
        : common.value.duration(Math.floor((waitedUntil - receipt.joined_ms) / 60_000)),
    ],
    [words.called, clock(receipt.called_ms)],
    [words.entered, clock(receipt.entered_ms)],
    [words.ended, clock(receipt.ended_ms)],
    [words.code, receipt.code],
  ];
  return facts.flatMap(([term, value]) => (value === null ? [] : [[term, value] as const]));
}
