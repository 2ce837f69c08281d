import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "~/components/button";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { visitorWords, type VisitorWords } from "~/i18n/visitor";
import { browserDrawer, type Drawer, tabDrawer } from "~/models/drawer";
import { HeadStarts } from "~/models/head_starts";
import { JoinForm } from "~/models/join_form";
import { visitedHere } from "~/models/visit";
import type { Contact, PublicUnit, SessionCard, UnitList } from "~/protocol/types";
import { get } from "~/transport/http";
import { browser } from "~/visitor/browser";
import { BrowserNotice } from "~/visitor/browser_notice";
import { ContactLines } from "~/visitor/contact";
import { Nearby } from "~/visitor/nearby";
import { type Fresh, Refreshed } from "~/visitor/refreshed";
import { unitPath } from "~/visitor/route";
import { Said } from "~/visitor/said";
import { unitSentences } from "~/visitor/sentences";
import { TicketForm } from "~/visitor/ticket_form";
import type { Visit } from "~/visitor/visit";
import type * as part from "~/visitor/visit";

/** The page's own part, fetched while somebody reads; it holds the line to the counter and the call. */
async function visitPart(): Promise<Pick<typeof part, "openVisit"> | null> {
  try {
    return await import("~/visitor/visit");
  } catch (failure) {
    // What a browser throws where a module does not arrive (HTML Standard, "fetch a module script").
    if (failure instanceof TypeError) return null;
    throw failure;
  }
}

/** A unit's stable link: take a ticket here, and everything after that. */
export function UnitPage({ slug }: { readonly slug: string }) {
  const unit = useMemo(() => new Refreshed<PublicUnit>(`units/${encodeURIComponent(slug)}`), [slug]);
  const drawer = useMemo(() => tabDrawer(), []);
  const visit = useSignal<Visit | null>(null);
  const elsewhere = useSignal<string | null>(null);
  const looked = useSignal(false);
  /** A ticket of this unit is said to be here: the way in is not shown before the counter has spoken. */
  const resuming = useSignal(false);
  const opening = useRef<Promise<Visit | null> | null>(null);

  /** One line per page, opened when the first needs it. Null: the page's own part could not be fetched; ask again. */
  const open = (): Promise<Visit | null> => {
    opening.current ??= visitPart().then((part) => {
      if (part === null) opening.current = null;
      visit.value = part?.openVisit(drawer) ?? null;
      return visit.value;
    });
    return opening.current;
  };

  useEffect(() => {
    void get<SessionCard>("session").then((reply) => {
      looked.value = true;
      const held = reply.ok ? reply.body.unit : null;
      if (held !== null && held !== slug) elsewhere.value = held;
      else if (held === slug || visitedHere(drawer)) {
        resuming.value = true;
      } else void visitPart();
    });
    return () => {
      unit.dispose();
      visit.value?.dispose();
    };
  }, [slug]);

  const screen = visit.value?.model.screen.value ?? "opening";
  if (visit.value !== null && screen !== "none" && screen !== "opening") {
    const { Screens } = visit.value;
    return (
      <Screens
        visit={visit.value}
        onAgain={() => {
          drawer.empty(WRITING_KEY);
          location.reload();
        }}
      />
    );
  }
  if (resuming.value && screen !== "none") return <Resuming visit={visit.value} unit={unit} open={open} />;
  return (
    <Arrival
      slug={slug}
      unit={unit}
      looked={looked.value}
      elsewhere={elsewhere.value}
      open={open}
      drawer={drawer}
      visit={visit.value}
    />
  );
}

/** Somebody comes back to a ticket: until the counter has said how it stands. */
function Resuming(props: {
  readonly visit: Visit | null;
  readonly unit: Fresh<PublicUnit>;
  readonly open: () => Promise<Visit | null>;
}) {
  const failed = useSignal(false);
  useEffect(() => {
    void props.open().then((visit) => (failed.value = visit === null));
  }, []);
  const words = visitorWords.value.waiting;
  const reply = props.unit.reply.value;
  const status = props.visit?.model.connection.status.value ?? "connecting";
  return (
    <main class="page">
      {reply?.ok === true ? <h1 class="unit-name">{reply.body.name}</h1> : null}
      {!failed.value && (status === "connecting" || status === "online") ? (
        <p role="status">{words.opening}</p>
      ) : (
        <Notice tone="warn" role="status">
          <p>{words.silent}</p>
          <Button
            kind="link"
            onClick={() => {
              props.visit?.model.connection.retry();
              void props.open().then((visit) => (failed.value = visit === null));
            }}
          >
            {common.value.tryAgain}
          </Button>
        </Notice>
      )}
      {reply?.ok === true ? <ContactLines contact={reply.body.contact} /> : null}
    </main>
  );
}

/** Before the ticket: the unit, its state, the way in. */
export function Arrival(props: {
  readonly slug: string;
  readonly unit: Fresh<PublicUnit>;
  readonly looked: boolean;
  readonly elsewhere: string | null;
  readonly open: () => Promise<Visit | null>;
  readonly visit: Visit | null;
  readonly drawer: Drawer;
  /** The court's units, where they are known already. */
  readonly units?: Fresh<UnitList>;
}) {
  const words = visitorWords.value;
  const { drawer } = props;
  const prefill = new URLSearchParams(location.search).get("case");
  const headStart = useMemo(() => headStartOf(props.slug), [props.slug]);
  const form = useMemo(
    () => new JoinForm(drawer, { caseNumber: prefill, headStart }),
    [drawer, prefill, headStart],
  );
  const writing = useSignal(drawer.read(WRITING_KEY) === props.slug);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => () => form.dispose(), [form]);
  useEffect(() => {
    if (!writing.value) return;
    drawer.keep(WRITING_KEY, props.slug);
    // The line is opened while somebody writes, so that joining is one step.
    void props.open();
    first.current?.focus();
  }, [writing.value]);

  const reply = props.unit.reply.value;
  useEffect(() => {
    if (reply?.ok !== true) return;
    document.title = words.document.unit(reply.body.name);
    drawer.keep(CONTACT_KEY + props.slug, JSON.stringify(reply.body.contact));
  }, [reply, words]);
  if (reply === null) {
    return (
      <main class="page">
        <p role="status">{words.home.loading}</p>
      </main>
    );
  }
  if (!reply.ok) {
    const unknown = reply.code === "unit_unknown" || reply.code === "not_found";
    return (
      <main class="page">
        <h1 class="title">{unknown ? words.unit.unknown : common.value.refusals[reply.code]}</h1>
        {unknown ? <p>{words.unit.unknownHow}</p> : null}
        {unknown ? null : (
          <Button kind="main" onClick={() => void props.unit.fetch()}>
            {common.value.tryAgain}
          </Button>
        )}
        <a class={unknown ? "button button-main" : "button button-plain"} href="/">
          {words.unit.toList}
        </a>
        <KeptContact kept={drawer.read(CONTACT_KEY + props.slug)} />
      </main>
    );
  }

  const unit = reply.body;
  const said = unitSentences(unit, props.unit.at.value, words.unit, common.value);
  const form_shown = writing.value && props.elsewhere === null && (said.open || props.visit !== null);
  return (
    <main class="page">
      <header class="unit-head">
        <h1 class="title">{unit.name}</h1>
        <p class="quiet">{unit.comarca}</p>
        <p>
          <Said said={said} advice />
        </p>
      </header>
      <BrowserNotice browser={browser()} />
      {props.elsewhere === null ? null : (
        <Notice tone="warn">
          <p>{words.home.holding}</p>
          <p>{words.trouble.holdingHow}</p>
          <a class="button button-main" href={unitPath(props.elsewhere)}>
            {words.home.resume}
          </a>
        </Notice>
      )}
      {headStart === null || props.elsewhere !== null ? null : (
        <Notice tone="ok">
          <p>{words.unit.headStart}</p>
        </Notice>
      )}
      {said.open && !writing.value && props.elsewhere === null && props.looked && browser().socket ? (
        <>
          <Button kind="main" wide onClick={() => (writing.value = true)} data-testid="take-ticket">
            {words.join.take}
          </Button>
          <p class="quiet">{words.join.intro}</p>
          <p class="quiet">{words.join.bring}</p>
        </>
      ) : null}
      {form_shown ? (
        <>
          {said.open ? null : (
            <Notice tone="warn" role="status">
              <p>{since(unit, words.join)}</p>
            </Notice>
          )}
          <TicketForm unit={unit} form={form} open={props.open} visit={props.visit} first={first} />
        </>
      ) : null}
      <ContactLines
        contact={unit.contact}
        title={said.open || unit.open ? words.unit.otherWays : words.unit.untilThen}
      />
      {said.open && !unit.closing ? null : <Nearby unit={unit} units={props.units} />}
      <p>
        <a href={`/${location.search}`}>{words.unit.other}</a>
      </p>
    </main>
  );
}

/** Why no ticket is to be had any more, said to somebody who is writing. */
function since(unit: PublicUnit, words: VisitorWords["join"]): string {
  if (!unit.open) return words.closedSince;
  return unit.suspended === null ? words.fullSince : words.suspendedSince;
}

/** The system is silent: the unit's phone and e-mail as they were last told to this tab. */
function KeptContact({ kept }: { readonly kept: string | null }) {
  if (kept === null) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this page wrote it
  return <ContactLines contact={JSON.parse(kept) as Contact} />;
}

/** The receipt that gives a head start here: the link's own, which this browser then keeps, or one that it kept. */
function headStartOf(slug: string): string | null {
  const kept = new HeadStarts(browserDrawer());
  const told = new URLSearchParams(location.search).get("retorno");
  if (told !== null && kept.of(slug, Date.now()) !== told) kept.remember(slug, told, null);
  return told ?? kept.of(slug, Date.now());
}

const WRITING_KEY = "balcao.writing";
const CONTACT_KEY = "balcao.contact.";
