import { visitorWords } from "~/i18n/visitor";
import type { Contact } from "~/protocol/types";

/** No dead end: phone and e-mail, each one tap away. */
export function ContactLines(props: { readonly contact: Contact; readonly title?: string }) {
  const words = visitorWords.value.unit;
  const { phone, email } = props.contact;
  if (phone === "" && email === "") return null;
  return (
    <div class="contact">
      <p>{props.title ?? words.otherWays}</p>
      <ul>
        {phone === "" ? null : (
          <li>
            <span class="unseen">{words.phone}: </span>
            <a class="contact-link numbers" href={`tel:${phone.replaceAll(/[^+0-9]/g, "")}`}>
              {phone}
            </a>
          </li>
        )}
        {email === "" ? null : (
          <li>
            <span class="unseen">{words.email}: </span>
            <a class="contact-link" href={`mailto:${email}`}>
              {email}
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}
