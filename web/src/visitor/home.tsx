import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { visitorWords } from "~/i18n/visitor";
import { search } from "~/models/units";
import type { PublicUnit, SessionCard, UnitList } from "~/protocol/types";
import { get } from "~/transport/http";
import { CheckOffer } from "~/visitor/check_offer";
import { type Fresh, Refreshed } from "~/visitor/refreshed";
import { unitPath } from "~/visitor/route";
import { UnitCard } from "~/visitor/unit_card";

/** The list that stays fresh, and whether this browser already holds a ticket. */
export function HomePage() {
  const units = useMemo(() => new Refreshed<UnitList>("units"), []);
  const holding = useSignal<string | null>(null);
  useEffect(() => {
    void get<SessionCard>("session").then((reply) => {
      if (reply.ok) holding.value = reply.body.unit;
    });
    return () => units.dispose();
  }, [units, holding]);
  return <Home units={units} holding={holding.value} />;
}

/** Find a unit: one field, one list. */
export function Home(props: { readonly units: Fresh<UnitList>; readonly holding: string | null }) {
  const words = visitorWords.value;
  const { units, holding } = props;
  const text = useSignal("");
  const reply = units.reply.value;

  return (
    <main class="page">
      <h1 class="title">{words.home.title}</h1>
      {holding === null ? null : (
        <Notice tone="ok">
          <p>{words.home.holding}</p>
          <a class="button button-main" href={unitPath(holding)}>
            {words.home.resume}
          </a>
        </Notice>
      )}
      <search>
        <TextField
          id="search"
          label={words.home.search}
          value={text.value}
          onText={(typed) => (text.value = typed)}
          testId="unit-search"
        />
      </search>
      <p class="offer">
        <CheckOffer />
      </p>
      {reply === null ? <p role="status">{words.home.loading}</p> : null}
      {reply?.ok === false ? (
        <Notice tone="bad" role="alert">
          <p>{common.value.refusals[reply.code]}</p>
          <Button onClick={() => void units.fetch()}>{common.value.tryAgain}</Button>
        </Notice>
      ) : null}
      {reply?.ok === true ? (
        <Found
          units={reply.body.units}
          text={text.value}
          nowMs={units.at.value}
          onAll={() => (text.value = "")}
        />
      ) : null}
    </main>
  );
}

function Found(props: {
  readonly units: readonly PublicUnit[];
  readonly text: string;
  readonly nowMs: number;
  readonly onAll: () => void;
}) {
  const words = visitorWords.value.home;
  const found = search(props.units, props.text);
  const searching = props.text.trim() !== "";
  if (props.units.length === 0) return <p>{words.empty}</p>;
  return (
    <>
      <p class={searching ? "quiet" : "unseen"} role="status">
        {searching && found.length === 0 ? words.none(props.text.trim()) : words.found(found.length)}
      </p>
      {searching && found.length === 0 ? <Button onClick={props.onAll}>{words.all}</Button> : null}
      <ul class="units" aria-label={words.list}>
        {found.map((unit) => (
          <li key={unit.slug}>
            <UnitCard unit={unit} nowMs={props.nowMs} />
          </li>
        ))}
      </ul>
    </>
  );
}
