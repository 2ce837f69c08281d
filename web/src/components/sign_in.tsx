import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "~/components/button";
import { TextField } from "~/components/field";
import { Languages } from "~/components/languages";
import { Notice } from "~/components/notice";
import { common } from "~/i18n/common";
import { staffWords } from "~/i18n/staff";
import type { SignInRefusal, StaffModel } from "~/models/staff";
import { LIMITS } from "~/protocol/types";
import "~/components/sign_in.css";

/** Who works here says so. The login stays through everything that may go wrong. */
export function SignIn(props: { readonly staff: StaffModel; readonly title: string }) {
  const words = staffWords.value;
  const { staff } = props;
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const refusal = staff.refusal.value;
  const why = staff.why.value;
  const loginMissing = staff.login.value.trim() === "";

  useEffect(() => {
    (staff.login.peek() === "" ? loginField : passwordField).current?.focus();
  }, [staff]);
  // A refused password is typed again, the login is not.
  useEffect(() => {
    if (refusal === null) return;
    setPassword("");
    setTried(false);
    passwordField.current?.focus();
  }, [refusal]);

  const send = (): void => {
    setTried(true);
    if (loginMissing) loginField.current?.focus();
    else if (password === "") passwordField.current?.focus();
    else void staff.signIn(password);
  };

  return (
    <main class="sign-in">
      <p class="sign-in-product">{common.value.product}</p>
      <h1>{props.title}</h1>
      {why === null || refusal !== null ? null : <Notice tone="warn">{words.why[why]}</Notice>}
      {refusal === null ? null : (
        <Notice tone="bad" role="alert">
          <p>{sentenceOf(refusal)}</p>
          {refusal.code === "sign_in_wrong" ? <p>{words.forgotten}</p> : null}
        </Notice>
      )}
      <form
        class="sign-in-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          id="sign-in-user"
          testId="sign-in-user"
          label={words.login}
          error={tried && loginMissing ? words.loginMissing : null}
          inputRef={loginField}
          value={staff.login.value}
          onText={(text) => staff.typeLogin(text)}
          maxLength={LIMITS.SignIn.login}
          autoComplete="username"
          autoCapitalize="off"
          spellcheck={false}
        />
        <TextField
          id="sign-in-password"
          testId="sign-in-password"
          label={words.password}
          error={tried && password === "" && !staff.busy.value ? words.passwordMissing : null}
          inputRef={passwordField}
          value={password}
          onText={setPassword}
          maxLength={LIMITS.SignIn.password}
          type={shown ? "text" : "password"}
          autoComplete="current-password"
        />
        <Button kind="link" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </Button>
        <Button kind="main" wide submit data-testid="sign-in" disabled={staff.busy.value}>
          {staff.busy.value ? words.signingIn : words.signIn}
        </Button>
      </form>
      <Languages />
    </main>
  );
}

function sentenceOf({ code, retry_s }: SignInRefusal): string {
  if (code === "too_many_attempts" && retry_s !== null) {
    return staffWords.value.tooMany(common.value.duration(Math.max(1, Math.ceil(retry_s / 60))));
  }
  return common.value.refusals[code];
}
