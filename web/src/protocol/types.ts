// Written by `python -m signaling.protocol.export` from signaling/protocol/*.py. Do not edit.

export const MAX_MESSAGE_BYTES = 65536;

/** One Socket.IO namespace per role; the path is `/socket.io/`. */
export const EVERY_NAMESPACE = ["/visitor", "/attendant", "/supervisor", "/interpreter", "/guest"] as const;
export type Namespace = (typeof EVERY_NAMESPACE)[number];

/** The only events: `command` goes up, the others come down. */
export const EVERY_EVENT_NAME = ["command", "view", "signal", "move", "goodbye"] as const;
export type EventName = (typeof EVERY_EVENT_NAME)[number];

/** The command was carried out (now, or earlier under the same id). */
export interface Accepted {
  readonly ok: true;
  readonly result: Result;
}

/** What the attendant is doing with a visitor. */
export const EVERY_ACTIVITY = ["idle", "calling", "in_call", "wrap_up", "helping"] as const;
export type Activity = (typeof EVERY_ACTIVITY)[number];

/** Compared as (epoch, n). */
export interface AsOf {
  readonly epoch: number;
  readonly n: number;
  /** Court time at the read; pages compute remaining times from it. */
  readonly now_ms: number;
}

/**
 * It rings at the desk of a colleague (`DeskCall.colleagues`), half a minute; the view says what comes of it.
 *
 * Asked again, it rings at the newer one's instead.
 */
export interface AskColleague {
  readonly type: "ask_colleague";
  readonly call: string;
  readonly colleague: string;
}

/** It rings at every free Libras interpreter of the court, half a minute; the first who comes has the seat. */
export interface AskInterpreters {
  readonly type: "ask_interpreters";
  readonly call: string;
}

/** It rings at this desk: somebody asks for help in their call. */
export interface AskedIn {
  readonly call: string;
  readonly kind: GuestKind;
  readonly number: string;
  /** Who asks. */
  readonly clerk: Clerk;
  readonly until_ms: number;
}

/** Somebody of the court was asked into the call: it rings until then, or `answer` says why nobody comes. */
export interface AskedView {
  readonly kind: GuestKind;
  /** Whom, where it was one. */
  readonly name: string | null;
  readonly until_ms: number | null;
  readonly answer: NotComing | null;
}

/** The payload of `command` on `/attendant`. */
export interface AttendantAsk {
  readonly id: string;
  readonly command: AttendantCommand;
}

/** Why a unit needs the supervisor, most urgent first. */
export const EVERY_ATTENTION = ["unattended_waiting", "unattended", "long_wait"] as const;
export type Attention = (typeof EVERY_ATTENTION)[number];

/** Somebody behind a counter. */
export interface BoardAttendant {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly pause: PauseReason | null;
  readonly activity: Activity;
  readonly since_ms: number;
}

/** One row of the board. */
export interface BoardUnit {
  readonly slug: string;
  readonly name: string;
  readonly comarca: string;
  readonly open: boolean;
  readonly until: string | null;
  readonly opens_at: string | null;
  readonly closed_reason: string | null;
  readonly suspended: SuspensionView | null;
  readonly phone: string;
  readonly waiting: number;
  readonly away: number;
  readonly longest_ms: number | null;
  readonly attendants: readonly BoardAttendant[];
  readonly called: number;
  readonly in_call: number;
  readonly served_today: number;
  readonly left_today: number;
  /** Called although it was not their turn. */
  readonly out_of_order_today: number;
  /** People who wanted a ticket and got none: full, suspended, too late for today. */
  readonly refused_today: number;
  /** Rings that attendants took back. */
  readonly cancelled_today: number;
  readonly unattended_since_ms: number | null;
  readonly attention: Attention | null;
}

/** The supervisor's view: units in the order of need, and the court's totals. */
export interface BoardView {
  readonly kind: "board";
  readonly as_of: AsOf;
  readonly court: string;
  readonly units: readonly BoardUnit[];
  readonly waiting: number;
  readonly attending: number;
  readonly in_call: number;
  readonly served_today: number;
  readonly left_today: number;
  readonly refused_today: number;
  readonly floods: readonly FloodView[];
  /** None: the court has no interpreters. */
  readonly pool: PoolView | null;
}

/** Call the lawfully next. Answer: `Ringing`. */
export interface CallNext {
  readonly type: "call_next";
}

/** Call somebody whose turn it is not; needs the permission, and is reported with the reason. Answer: `Ringing`. */
export interface CallOutOfOrder {
  readonly type: "call_out_of_order";
  readonly ticket: string;
  readonly reason: OutOfOrder;
}

/** `RINGING` until the visitor enters; `ENDED` is final. The three between are the ticket's own. */
export const EVERY_CALL_STATE = ["ringing", "active", "interrupted", "on_hold", "ended"] as const;
export type CallState = (typeof EVERY_CALL_STATE)[number];

/** The conversation under way, interrupted, or on hold. */
export interface CallView {
  readonly call: string;
  readonly started_ms: number;
  readonly clerk: Clerk;
  /** Who is missing, while it is interrupted. */
  readonly gone: Gone | null;
  /** Until when at most it is interrupted, or on hold. */
  readonly until_ms: number | null;
  /** How the visitor entered: a page that takes the conversation over goes on so. */
  readonly media: Media | null;
}

/** A guest has taken this seat: a leg to it begins, its negotiations count from nought. */
export interface Came {
  readonly type: "came";
  readonly party: Party;
  readonly kind: GuestKind;
  readonly name: string;
  /** Of somebody of the court. */
  readonly function: string | null;
}

/** Take the ring back; the person stays first of their tier. */
export interface CancelCall {
  readonly type: "cancel_call";
  readonly call: string;
  readonly reason: CancelReason;
}

/** Why an attendant takes a ring back. */
export const EVERY_CANCEL_REASON = ["mistake", "interrupted", "technical"] as const;
export type CancelReason = (typeof EVERY_CANCEL_REASON)[number];

/** An ICE candidate of negotiation `number`; an empty candidate says that there are no more. */
export interface Candidate {
  readonly type: "candidate";
  readonly number: number;
  readonly candidate: string;
  readonly mid: string | null;
  readonly line: number | null;
}

/** Why a ticket went back to a line without having been served. */
export const EVERY_CAUSE = ["not_entered", "not_seen", "line_lost", "cancelled", "attendant_gone", "both_gone", "signed_out", "released", "other_attendant", "sent_back", "lost_back", "no_show_back", "transferred"] as const;
export type Cause = (typeof EVERY_CAUSE)[number];

/** Text beside the video. */
export interface Chat {
  readonly type: "chat";
  readonly text: string;
}

/** `POST /api/v1/check`: what a device and line check is made with. Limited; the credentials last two minutes. */
export interface CheckCard {
  readonly ice: Ice;
  /** What to ask the echo with, for one answer; None: there is no echo. */
  readonly permit: string | null;
}

/** The last check on the device that holds the ticket. */
export interface CheckView {
  readonly at_ms: number;
  readonly found: Found;
}

/** The check is done, `ago_s` before this is said: for whoever serves this browser's ticket. */
export interface Checked {
  readonly type: "checked";
  readonly ago_s: number;
  readonly found: Found;
}

/** Attend these of one's units. */
export interface ChooseUnits {
  readonly type: "choose_units";
  readonly units: readonly string[];
}

/** A network that was limited may ask again. */
export interface ClearFlood {
  readonly type: "clear_flood";
  readonly network: string;
}

/** Who serves: name, function and unit are always told, with or without video. */
export interface Clerk {
  readonly name: string;
  readonly function: string;
  readonly unit: string;
}

/** What was refused, in one word each. */
export const EVERY_CODE = ["unit_unknown", "ticket_unknown", "call_unknown", "attendant_unknown", "receipt_unknown", "handover_unknown", "invitation_unknown", "ticket_exists", "wrong_state", "stale_rev", "stale_fence", "desk_elsewhere", "request_reused", "not_available", "not_active_page", "not_waiting", "not_asked", "unit_closed", "unit_closing", "unit_suspended", "unit_full", "unit_unattended", "call_full", "colleague_busy", "no_interpreter", "no_call_there", "too_many_transfers", "nobody_waiting", "no_more_time", "too_late", "not_yours", "not_member", "not_your_unit", "sign_in_wrong", "role_missing", "no_permission", "too_many_joins", "too_many_attempts", "call_log_full", "name_missing", "case_number_wrong", "oab_wrong", "terms_missing", "store_away", "store_full"] as const;
export type Code = (typeof EVERY_CODE)[number];

/** Somebody who could come to help: at the unit's counter, and with nobody. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
}

/** Into the call to which it rings at this desk (`DeskView.asked`), as a guest; `hang_up` is the way out. */
export interface Come {
  readonly type: "come";
  readonly call: string;
}

/** The button "Voltei", after rings that nobody entered; once, while `back_until_ms` has not passed. */
export interface ComeBack {
  readonly type: "come_back";
  readonly rev: number;
}

/** No dead end: on every closed, failed or finished state. */
export interface Contact {
  readonly phone: string;
  readonly email: string;
}

/** Make this page the active one. */
export interface ContinueHere {
  readonly type: "continue_here";
}

/** `GET /api/v1/court`: whose counter this is. */
export interface CourtCard {
  readonly slug: string;
  readonly name: string;
  /** Path of the image on this server. */
  readonly crest: string | null;
  readonly ombudsman: string | null;
  readonly demo: boolean;
  /** Whether clerks practise here: everybody who comes is simulated, and nothing counts. */
  readonly practice: boolean;
}

/** Not into the call to which it rings at this desk. */
export interface Decline {
  readonly type: "decline";
  readonly call: string;
}

/** An SDP offer or answer of negotiation `number` on this leg. */
export interface Description {
  readonly type: "description";
  readonly number: number;
  readonly kind: "offer" | "answer";
  readonly sdp: string;
}

/** The call at this desk. */
export interface DeskCall {
  readonly call: string;
  readonly state: CallState;
  /** Who is missing, while it is interrupted. */
  readonly gone: Gone | null;
  /** While it rings, is interrupted, or on hold. */
  readonly until_ms: number | null;
  readonly seen: boolean;
  readonly started_ms: number | null;
  readonly end: EndOfCall | null;
  readonly guests: readonly Guest[];
  /** Until when the link that was given out may be used. */
  readonly invited_until_ms: number | null;
  /** Who of the court was asked in last, until they come. */
  readonly asked: AskedView | null;
  /** Who of the unit may be asked in; told while they talk. */
  readonly colleagues: readonly Colleague[];
}

/** One of the attendant's units. */
export interface DeskUnit {
  readonly slug: string;
  readonly name: string;
  readonly letters: string;
  readonly open: boolean;
  readonly chosen: boolean;
  readonly suspended: SuspensionView | null;
}

/** The attendant's view. `elsewhere`: another page holds the desk; only `take_over` is possible. */
export interface DeskView {
  readonly kind: "desk";
  readonly as_of: AsOf;
  readonly elsewhere: boolean;
  readonly name: string;
  readonly function: string;
  readonly status: Status;
  readonly pause: PauseReason | null;
  readonly activity: Activity;
  readonly since_ms: number;
  readonly units: readonly DeskUnit[];
  readonly waiting: number;
  readonly away: number;
  /** When the one who waits longest came. */
  readonly longest_ms: number | null;
  /** The first fifty present, in the lawful order. */
  readonly line: readonly LineRow[];
  readonly person: Person | null;
  readonly call: DeskCall | null;
  readonly asked: AskedIn | null;
  readonly helping: Helping | null;
  readonly offered: OfferedView | null;
  readonly wrap_until_ms: number | null;
  readonly wrap_extendable: boolean;
  /** In wrap-up, the outcome that is plain and counts unless another is said. */
  readonly outcome: Outcome | null;
}

/** That guest has to leave the call. */
export interface Dismiss {
  readonly type: "dismiss";
  readonly call: string;
  readonly party: "guest_1" | "guest_2";
}

/** It is done; `rev` where a ticket's version rose. */
export interface Done {
  readonly type: "done";
  readonly rev: number | null;
}

/** One's own picture and sound come back for so long from the connection on. */
export interface EchoAnswer {
  readonly type: "answer";
  readonly sdp: string;
  readonly seconds: number;
}

/** `POST /api/v1/check/echo`: an offer, whole, with its candidates. Asked again while the answer is `EchoWait`. */
export interface EchoAsk {
  readonly permit: string;
  readonly sdp: string;
}

/** All places are taken: so many people are before you. Ask again, or lose your turn. */
export interface EchoWait {
  readonly type: "wait";
  readonly ahead: number;
  readonly retry_s: number;
}

/** The call is over for everybody. */
export interface End {
  readonly type: "end";
  readonly by: Party | null;
  readonly reason: EndOfCall;
}

/** Why a call ended; `by` says which side where there is one. */
export const EVERY_END_OF_CALL = ["hung_up", "not_entered", "cancelled", "visitor_left", "visitor_gone", "attendant_gone", "both_gone", "signed_out", "released", "other_attendant", "sent_back", "removed", "transferred"] as const;
export type EndOfCall = (typeof EVERY_END_OF_CALL)[number];

/** How the visit ended, and its proof. */
export interface EndView {
  readonly at_ms: number;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly clerk: Clerk | null;
  readonly protocol: string;
  readonly receipt: string;
  /** Closed unserved: until when the receipt, said in `join`, makes another ticket the first of its tier, once. */
  readonly head_start_until_ms: number | null;
  /** Until when "Voltei" gives the place back; None where it does not. */
  readonly back_until_ms: number | null;
}

/** The button "Entrar". */
export interface Enter {
  readonly type: "enter";
  readonly call: string;
  readonly media: Media;
}

/** A range of minutes, said in words. */
export interface Estimate {
  readonly low_min: number;
  readonly high_min: number;
}

/** More time before the next, up to five minutes in all. */
export interface ExtendWrapUp {
  readonly type: "extend_wrap_up";
}

/** The visitor asked for more time. */
export interface Extended {
  readonly type: "extended";
  readonly until_ms: number;
}

/** Why the server ends a connection; a page that gets one does not reconnect by itself. */
export const EVERY_FAREWELL = ["signed_out", "moved", "forgotten"] as const;
export type Farewell = (typeof EVERY_FAREWELL)[number];

/** What somebody who was sent back is to fetch, or mend. */
export const EVERY_FETCH_REASON = ["document", "technical", "other"] as const;
export type FetchReason = (typeof EVERY_FETCH_REASON)[number];

/** The outcome of the call that ended; ready for the next. */
export interface Finish {
  readonly type: "finish";
  readonly call: string;
  readonly outcome: Outcome;
}

/** A network that is limited: `network` is a keyed hash, no address. */
export interface FloodView {
  readonly network: string;
  readonly what: Flooded;
  readonly count: number;
  readonly until_ms: number;
}

/** What a network asks too much of. */
export const EVERY_FLOODED = ["joins", "sign_ins"] as const;
export type Flooded = (typeof EVERY_FLOODED)[number];

/** The person waits at another unit, under this number. */
export interface Forwarded {
  readonly type: "forwarded";
  readonly number: string;
}

/** What a check of devices and internet found; None where it could not be measured. */
export interface Found {
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly path: Path;
  readonly round_trip_ms: number | null;
  readonly lost_percent: number | null;
  readonly kbit_per_s: number | null;
  /** Whether UDP passes, on whatever way. */
  readonly udp: boolean | null;
  /** Whether the site's relay (TURN) was reached; None too where the site has none. */
  readonly relay: boolean | null;
}

/** The visitor pressed "Entrar": media starts on both sides. */
export interface Go {
  readonly type: "go";
  readonly media: Media;
}

/** Who is missing in an interrupted call. */
export const EVERY_GONE = ["visitor", "attendant", "both"] as const;
export type Gone = (typeof EVERY_GONE)[number];

/** Said (event `goodbye`) before the server ends a connection for good. A restart says `move` instead. */
export interface Goodbye {
  readonly reason: Farewell;
}

/** How a situation went. */
export const EVERY_GRADE = ["well", "remark", "missed", "skipped"] as const;
export type Grade = (typeof EVERY_GRADE)[number];

/** Somebody else who is in the call. */
export interface Guest {
  readonly party: Party;
  readonly kind: GuestKind;
  readonly name: string;
  /** Of somebody of the court. */
  readonly function: string | null;
}

/** The payload of `command` on `/guest`. */
export interface GuestAsk {
  readonly id: string;
  readonly command: GuestCommand;
}

/** The call that a guest is in. */
export interface GuestCall {
  readonly call: string;
  readonly state: CallState;
  readonly gone: Gone | null;
  /** While it is interrupted, or on hold. */
  readonly until_ms: number | null;
  readonly started_ms: number | null;
  readonly end: EndOfCall | null;
  readonly clerk: Clerk;
}

/** `GET /api/v1/guests/<code>`: the call that a link invites to. `POST` with a `GuestForm` takes a seat in it. */
export interface GuestCard {
  readonly kind: GuestKind;
  /** Who invites. */
  readonly clerk: Clerk;
  readonly until_ms: number;
}

/** How the others are told who comes. */
export interface GuestForm {
  readonly name: string;
}

/** Why somebody is in a call that is not theirs. */
export const EVERY_GUEST_KIND = ["companion", "interpreter", "colleague"] as const;
export type GuestKind = (typeof EVERY_GUEST_KIND)[number];

/** A guest's view. `mirror`: another page of this browser is the active one. */
export interface GuestView {
  readonly kind: "guest";
  readonly as_of: AsOf;
  readonly mirror: boolean;
  readonly me: Guest;
  /** Why this guest is not in the call any more. */
  readonly left: WhyLeft | null;
  readonly call: GuestCall;
}

/** `GET /api/v1/handover/<code>`: what would come to this device. `POST` brings it, with a new capability. */
export interface HandoverCard {
  readonly number: string;
  readonly unit: string;
  /** The unit's name. */
  readonly name: string;
}

/** `POST /api/v1/handover`: the ways to take this browser's ticket to another device, once, until then. */
export interface HandoverCode {
  /** The address that the other device opens. */
  readonly link: string;
  /** The same as a picture: a `data:` address of an SVG. */
  readonly qr: string;
  /** The same to be typed at `/continuar`: eight letters. */
  readonly short: string;
  readonly until_ms: number;
  readonly now_ms: number;
}

/** End the call for everybody; a guest only leaves it. */
export interface HangUp {
  readonly type: "hang_up";
  readonly call: string;
}

/** The `auth` of the Socket.IO handshake: which page this is; `opened`: its first connection. */
export interface Hello {
  readonly tab: string;
  readonly opened: boolean;
}

/** The call of somebody else that this desk is in, as a guest. */
export interface Helping {
  readonly me: Guest;
  readonly number: string;
  readonly call: GuestCall;
}

/** Nobody talks for a while; ends by itself. */
export interface Hold {
  readonly type: "hold";
  readonly call: string;
}

/** What an RTCPeerConnection is made with. */
export interface Ice {
  readonly servers: readonly IceServer[];
  /** This side gathers relay candidates only until `go` (policy `relay_staff`, the attendant's side). */
  readonly relay_until_go: boolean;
}

/** RTCIceServer (W3C), TURN credentials by HMAC and short-lived (RFC 8489 §9.2; draft-uberti-behave-turn-rest). */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string | null;
  readonly credential: string | null;
}

/** The payload of `command` on `/interpreter`. */
export interface InterpreterAsk {
  readonly id: string;
  readonly command: InterpreterCommand;
}

/** A Libras interpreter's view. `elsewhere`: another page is where it rings; only `take_over` is possible. */
export interface InterpreterView {
  readonly kind: "interpreter";
  readonly as_of: AsOf;
  readonly elsewhere: boolean;
  readonly name: string;
  readonly function: string;
  readonly status: Status;
  readonly pause: PauseReason | null;
  readonly activity: Activity;
  readonly since_ms: number;
  readonly asked: AskedIn | null;
  readonly helping: Helping | null;
  /** To which one may offer to come. */
  readonly units: readonly PoolUnit[];
  readonly offer: OfferView | null;
}

/** Somebody's line is silent and the leg is dead: the other side waits, until then at most. */
export interface Interrupted {
  readonly type: "interrupted";
  readonly gone: Gone;
  readonly until_ms: number;
}

/**
 * A link by which somebody else may join this call, once and for ten minutes. Answer: `Invited`.
 *
 * Asked again, it gives another, and the one before is worthless.
 */
export interface Invite {
  readonly type: "invite";
  readonly call: string;
  readonly kind: "companion" | "interpreter";
}

/** The link to pass on, and its drawing (a QR code: SVG, as a data URL). */
export interface Invited {
  readonly type: "invited";
  readonly link: string;
  readonly qr: string;
  readonly until_ms: number;
}

/** The button "Já voltei": what was to be fetched is there. */
export interface IsReady {
  readonly type: "ready";
  readonly rev: number;
}

/** Take a ticket. Answer: `Joined`. */
export interface Join {
  readonly type: "join";
  readonly unit: string;
  readonly name: string;
  readonly role: Role;
  readonly oab: string | null;
  readonly case_number: string | null;
  readonly tier: Tier;
  readonly terms: boolean;
  /** The receipt of a ticket that the unit's closing ended: this one is then the first of its tier, once. */
  readonly head_start?: string | null;
  /** They speak Libras, and ask for an interpreter. */
  readonly libras?: boolean;
}

/** A place in line. */
export interface Joined {
  readonly type: "joined";
  readonly ticket: string;
  readonly number: string;
  readonly rev: number;
}

/** Give the place up; final. */
export interface Leave {
  readonly type: "leave";
  readonly rev: number;
}

/** The guest's seat is free: its legs are over, and what their negotiations said with them. */
export interface Left {
  readonly type: "left";
  readonly party: Party;
  readonly reason: WhyLeft;
}

/** Whether this page hears the other one, by their own heartbeat; said on every change, and by a new page. */
export interface Leg {
  readonly type: "leg";
  readonly call: string;
  readonly alive: boolean;
}

/** The interpreter who offers (`DeskView.offered`) is in the call. */
export interface LetIn {
  readonly type: "let_in";
  readonly call: string;
}

/** A unit's line in the lawful order, the first fifty. */
export interface Line {
  readonly type: "line";
  readonly places: readonly Place[];
}

/** Somebody waits: no name, nothing to pick. `ticket` is told only to whoever may call out of order. */
export interface LineRow {
  readonly ticket: string | null;
  readonly number: string;
  readonly unit: string;
  readonly tier: Tier;
  readonly joined_ms: number;
}

/** How a call has gone so far on the leg between the two at the counter; None: not measured, or not reached yet. */
export interface Measure {
  /** Of the page's own making, another after a reload. (A page of an earlier release says none.) */
  readonly gauge?: string;
  readonly path: Path;
  /** The median of one a spell. */
  readonly round_trip_ms: number | null;
  readonly worst_round_trip_ms: number | null;
  /** Of what the other side sent: the median, as for the round trip. */
  readonly lost_percent: number | null;
  readonly worst_lost_percent: number | null;
  /** So many spells of five seconds in which something came: what the medians are of. */
  readonly spells?: number;
  /** How often the way to the other side was found anew. */
  readonly restarts: number;
  /** From the leg's beginning to a way found. */
  readonly ice_ms: number | null;
  /** From the leg's beginning to a way secured. */
  readonly connected_ms: number | null;
  /** From "Entrar" to the first of the other side's sound. */
  readonly sound_ms: number | null;
  /** From "Entrar" to the first of the other side's picture. */
  readonly picture_ms: number | null;
}

/**
 * How the call has gone so far on this page, the whole of it: said every quarter of a minute, and when it is over.
 *
 * Heard until 15 s after the end, whoever ended it; then all that the pages of this side have found is told as one.
 */
export interface Measured {
  readonly type: "measured";
  readonly call: string;
  readonly measure: Measure;
}

/** How the visitor takes part; each side chooses on its own. */
export const EVERY_MEDIA = ["video", "audio", "text"] as const;
export type Media = (typeof EVERY_MEDIA)[number];

/**
 * What the sender sends now.
 *
 * `screen`: their screen, in the camera's place. `weak`: what is missing is on, but the line does not carry it.
 * `saving`: the sender saves data, and wants a small picture too.
 */
export interface MediaState {
  readonly type: "media";
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly weak: boolean;
  readonly saving: boolean;
}

/** Something that a ticket has met. */
export interface Met {
  readonly at_ms: number;
  readonly cause: Cause;
  /** The reason that a person chose; of a transfer, the unit it came from. */
  readonly detail: string | null;
}

/** The button "Preciso de mais tempo", once. */
export interface MoreTime {
  readonly type: "more_time";
  readonly rev: number;
}

/**
 * Said (event `move`) when this server is about to end: connect anew at a random moment within `within_ms`.
 *
 * To any server of the site; what is going on goes on. A page that does not is cut then, and loses nothing either.
 */
export interface Move {
  readonly within_ms: number;
}

/** Why nobody of those asked into a call comes. */
export const EVERY_NOT_COMING = ["declined", "no_answer", "busy"] as const;
export type NotComing = (typeof EVERY_NOT_COMING)[number];

/** Written down for whoever has the person next; replaces what was there. Kept with the live ticket only. */
export interface Note {
  readonly type: "note";
  readonly call: string;
  readonly text: string;
}

/** Why one is told. */
export const EVERY_OCCASION = ["near", "passed", "called"] as const;
export type Occasion = (typeof EVERY_OCCASION)[number];

/** They talk again. */
export interface OffHold {
  readonly type: "unhold";
}

/** An interpreter offers to come: it rings at the unit's desks that talk, half a minute. The first has them. */
export interface Offer {
  readonly type: "offer";
  readonly unit: string;
}

/** An interpreter offers a unit to come: it rings until then, or `answer` says why nobody let them in. */
export interface OfferView {
  /** Its name. */
  readonly unit: string;
  readonly until_ms: number | null;
  readonly answer: NotComing | null;
}

/** It rings at this desk: an interpreter offers to come into its call. */
export interface OfferedView {
  readonly name: string;
  readonly function: string;
  readonly until_ms: number;
}

/** Nobody sends picture or sound, until then at most. */
export interface OnHold {
  readonly type: "hold";
  readonly until_ms: number;
}

/** Do not wait for an attendant who is gone from the call: back in line, first of one's tier. */
export interface OtherAttendant {
  readonly type: "other_attendant";
  readonly call: string;
}

/** Why somebody is called although it is not their turn. */
export const EVERY_OUT_OF_ORDER = ["urgent", "hearing", "companion", "other"] as const;
export type OutOfOrder = (typeof EVERY_OUT_OF_ORDER)[number];

/** What the visit came to, chosen by the attendant in one click (`DESIGN.md` §4). */
export const EVERY_OUTCOME = ["informed", "forwarded", "return_booked", "other_unit", "unresolved", "interrupted"] as const;
export type Outcome = (typeof EVERY_OUTCOME)[number];

/**
 * The seats of a call: the two whose call it is, and up to two guests.
 *
 * Of two, in the order attendant, visitor, guest_1, guest_2, the later one is polite and offers first on their leg.
 */
export const EVERY_PARTY = ["visitor", "attendant", "guest_1", "guest_2"] as const;
export type Party = (typeof EVERY_PARTY)[number];

/** How packets travel between two pages. */
export const EVERY_PATH = ["direct", "relay", "none", "untried"] as const;
export type Path = (typeof EVERY_PATH)[number];

/** Why one pauses (`DESIGN.md` §4); the last two are the counter's own. */
export const EVERY_PAUSE_REASON = ["break", "lunch", "internal", "meeting", "technical", "cancelled", "vanished"] as const;
export type PauseReason = (typeof EVERY_PAUSE_REASON)[number];

/** Who was called, for the attendant only. */
export interface Person {
  readonly ticket: string;
  readonly number: string;
  readonly unit: string;
  readonly name: string;
  readonly role: Role;
  readonly oab: string | null;
  readonly case_number: string | null;
  /** They asked for an interpreter of Libras. */
  readonly libras: boolean;
  readonly tier: Tier;
  readonly joined_ms: number;
  readonly tries: number;
  readonly rev: number;
  /** How many transfers led here. */
  readonly hops: number;
  /** What a clerk wrote down. */
  readonly note: string | null;
  /** What the check of their devices and internet found, where there was one. */
  readonly check: CheckView | null;
  /** What the person has met so far, the oldest first. */
  readonly history: readonly Met[];
}

/** Where the practice stands. */
export const EVERY_PHASE = ["ready", "on", "judged", "over"] as const;
export type Phase = (typeof EVERY_PHASE)[number];

/** Somebody in a line, no name. */
export interface Place {
  readonly ticket: string;
  readonly rev: number;
  readonly number: string;
  readonly tier: Tier;
  readonly joined_ms: number;
  readonly present: boolean;
}

/** A unit in which people talk now, and in how many calls. */
export interface PoolUnit {
  readonly slug: string;
  readonly name: string;
  readonly calls: number;
}

/** The court's Libras interpreters. */
export interface PoolView {
  readonly free: number;
  readonly helping: number;
}

/** What somebody in practice asks for. */
export const EVERY_PRACTICE_ACT = ["next", "again", "skip"] as const;
export type PracticeAct = (typeof EVERY_PRACTICE_ACT)[number];

/** By a clerk who is signed in. `situation`: which one to do again; None: the one that is on. */
export interface PracticeAsk {
  readonly act: PracticeAct;
  readonly situation: Situation | null;
}

/** Where the practice stands, in words of the language that was asked for. */
export interface PracticeCard {
  readonly phase: Phase;
  /** The one that is on, or was judged last. */
  readonly situation: Situation | null;
  /** Rises with every beginning: the people of an earlier one go. */
  readonly attempt: number;
  readonly number: number;
  readonly of: number;
  readonly title: string;
  /** What is happening. */
  readonly told: string;
  readonly steps: readonly PracticeStep[];
  readonly grade: Grade | null;
  readonly feedback: string | null;
  readonly results: readonly PracticeResult[];
}

/** One situation of the script; `grade` None: not yet. */
export interface PracticeResult {
  readonly situation: Situation;
  readonly title: string;
  readonly grade: Grade | null;
  readonly feedback: string | null;
}

/** One thing to do. */
export interface PracticeStep {
  readonly text: string;
  readonly done: boolean;
}

/**
 * A unit as anybody may see it: `GET /api/v1/units`, and inside the visitor's views.
 *
 * Instants are ISO 8601 with the unit's offset.
 */
export interface PublicUnit {
  readonly slug: string;
  readonly name: string;
  readonly comarca: string;
  readonly letters: string;
  readonly open: boolean;
  /** End of today's window, where open. */
  readonly until: string | null;
  /** The next opening, where closed and known. */
  readonly opens_at: string | null;
  /** Why it is closed today, where its calendar says ("Feriado municipal"). */
  readonly closed_reason: string | null;
  readonly waiting: number;
  /** Attendants that are available or busy with somebody here; 0: nobody attends. */
  readonly attending: number;
  /** For somebody who joined now without priority. */
  readonly estimate: Estimate | null;
  /** Open by its hours, and gives out no tickets all the same. */
  readonly suspended: SuspensionView | null;
  /** As many wait as fit in line. */
  readonly full: boolean;
  /** Whoever took a ticket now without priority would wait past closing time, and is refused. */
  readonly closing: boolean;
  readonly contact: Contact;
  /** IANA name; the sentence says its city. */
  readonly zone: string;
}

/** `GET /api/v1/push`: the public key (VAPID, base64url) to subscribe with; None where this site sends nothing. */
export interface PushKey {
  readonly key: string | null;
}

/** One reminder. No name and no document: a locked screen shows it to whoever holds the telephone. */
export interface PushMessage {
  readonly occasion: Occasion;
  readonly number: string;
  readonly unit: string;
  /** The path to open. */
  readonly address: string;
  /** By when to open it. */
  readonly until_ms: number | null;
  readonly zone: string;
  readonly language: "pt" | "en" | "es";
}

/** `POST /api/v1/push`: where the live ticket's reminders go when no page is open; forgotten with the ticket. */
export interface PushSubscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly language: "pt" | "en" | "es";
}

/** What to connect with; given for a ring only. */
export interface Ready {
  readonly type: "ready";
  readonly ice: Ice;
}

/** `GET /api/v1/receipts/<code>`: what happened, signed. No name and no document. */
export interface Receipt {
  readonly code: string;
  readonly protocol: string;
  readonly unit: string;
  readonly comarca: string;
  readonly number: string;
  readonly state: string;
  readonly outcome: Outcome | null;
  readonly joined_ms: number;
  readonly called_ms: number | null;
  readonly entered_ms: number | null;
  readonly ended_ms: number | null;
  readonly original_position: number;
  readonly position: number | null;
  readonly announced_low_min: number | null;
  readonly announced_high_min: number | null;
  readonly clerk: string | null;
  readonly zone: string;
  /** Base64 Ed25519 over `signed`. */
  readonly signature: string;
  /** The canonical text that is signed. */
  readonly signed: string;
  readonly public_key: string;
}

/** No interpreter is needed in this call. */
export interface RefuseOffer {
  readonly type: "refuse_offer";
  readonly call: string;
}

/**
 * The command was refused: a stable code, and facts for the sentence.
 *
 * They are `field`, `waiting`, `retry_s`, `ticket`, `hops`, as the code has use for.
 */
export interface Refused {
  readonly ok: false;
  readonly code: Code | WireCode;
  readonly details: Readonly<Record<string, string | number>>;
}

/** This page is new in the call (a reload, another device): build the leg again, number by number from `number`. */
export interface Rejoin {
  readonly type: "rejoin";
  readonly number: number;
}

/** Do not wait for a visitor who is gone: first of their tier for whoever calls next. */
export interface Release {
  readonly type: "release";
  readonly call: string;
}

/** Off the line: an attendant the person they have, a supervisor somebody who waits. */
export interface Remove {
  readonly type: "remove";
  readonly ticket: string;
  readonly reason: RemoveReason;
}

/** Why staff take a ticket off the line. */
export const EVERY_REMOVE_REASON = ["conduct", "duplicate", "test", "other"] as const;
export type RemoveReason = (typeof EVERY_REMOVE_REASON)[number];

/** The call's log behind `after` (None: from its beginning). Answer: `Replayed`. Asked as often as needed. */
export interface Replay {
  readonly type: "replay";
  readonly call: string;
  readonly after: string | null;
}

/** Entries of a call's log in order; `more`: ask again behind the last. `ice` as for a ring. */
export interface Replayed {
  readonly type: "replayed";
  readonly entries: readonly SignalEntry[];
  readonly more: boolean;
  readonly ice: Ice;
}

/** The unit gives out tickets again. */
export interface ResumeUnit {
  readonly type: "resume_unit";
  readonly unit: string;
}

/** Both are back; a page that is new in the call says `rejoin`. */
export interface Resumed {
  readonly type: "resumed";
}

/** The attendant calls: both pages begin to connect, senders empty. */
export interface Ring {
  readonly type: "ring";
  readonly until_ms: number;
  readonly clerk: Clerk;
}

/** The ring is on a live page. Answer: `Ready`. */
export interface RingSeen {
  readonly type: "ring_seen";
  readonly call: string;
}

/** It is this ticket's turn. */
export interface RingView {
  readonly call: string;
  readonly until_ms: number;
  /** Whether "Preciso de mais tempo" is still to be had. */
  readonly more_time: boolean;
  readonly clerk: Clerk;
}

/** Somebody is being called. */
export interface Ringing {
  readonly type: "ringing";
  readonly call: string;
  readonly ticket: string;
  readonly ice: Ice;
}

/** Who the visitor is before the court. */
export const EVERY_ROLE = ["party", "lawyer", "other"] as const;
export type Role = (typeof EVERY_ROLE)[number];

/** The visitor's live page shows the ring. */
export interface Seen {
  readonly type: "seen";
}

/** Return to line: the person fetches something, keeps the place, and is not called until ready. */
export interface SendBack {
  readonly type: "send_back";
  readonly call: string;
  readonly reason: FetchReason;
}

/**
 * `POST /api/v1/session` sets the capability cookie (or keeps it); `GET` says what this browser holds.
 *
 * `DELETE` forgets it: the browser gets a new capability, and a live ticket is one whose visitor is away.
 */
export interface SessionCard {
  /** The unit of the live ticket, or of one that may be taken up again by coming back, if there is one. */
  readonly unit: string | null;
}

/** Available, paused (with a reason a person may choose), offline. */
export interface SetStatus {
  readonly type: "set_status";
  readonly status: Status;
  readonly pause: PauseReason | null;
}

/** The tier is corrected, the sequence stays: an attendant the person they have, a supervisor anybody. */
export interface SetTier {
  readonly type: "set_tier";
  readonly ticket: string;
  readonly rev: number;
  readonly tier: Tier;
  readonly reason: TierReason;
}

/** Who waits in a unit, without names. Answer: `Line`. */
export interface ShowLine {
  readonly type: "show_line";
  readonly unit: string;
}

/** `POST /api/v1/staff/session`. */
export interface SignIn {
  readonly login: string;
  readonly password: string;
  readonly role: "attendant" | "supervisor" | "interpreter";
}

/** Sign a stuck attendant out. */
export interface SignOut {
  readonly type: "sign_out";
  readonly attendant: string;
}

/**
 * Say something in a call: to one of those in it, or (None) to all of them.
 *
 * What belongs to a leg with a guest is for that one alone, and names it.
 */
export interface Signal {
  readonly type: "signal";
  readonly call: string;
  readonly to: Party | null;
  readonly body: Sent;
}

/** One entry of a call's log, as a page gets it (event `signal`, and in the answer to `replay`). */
export interface SignalEntry {
  readonly id: string;
  readonly call: string;
  readonly at_ms: number;
  readonly sender: Party | null;
  readonly to: Party | null;
  readonly body: Said;
}

/** What a clerk meets at the counter, in the order in which it is practised. */
export const EVERY_SITUATION = ["plain", "priority", "no_answer", "drops_and_returns", "drops_for_good", "text_only", "fetches", "other_unit", "interpreter", "mistaken_tier", "misconduct", "moment"] as const;
export type Situation = (typeof EVERY_SITUATION)[number];

/** Who is signed in, for this role. */
export interface StaffCard {
  readonly login: string;
  readonly name: string;
  readonly function: string;
  readonly role: "attendant" | "supervisor" | "interpreter";
}

/** What the attendant says of themself. */
export const EVERY_STATUS = ["available", "paused", "offline"] as const;
export type Status = (typeof EVERY_STATUS)[number];

/** It rings nowhere any more for this call. */
export interface StopAsking {
  readonly type: "stop_asking";
  readonly call: string;
}

/** It rings nowhere any more for this interpreter. */
export interface StopOffering {
  readonly type: "stop_offering";
}

/** The payload of `command` on `/supervisor`. */
export interface SupervisorAsk {
  readonly id: string;
  readonly command: SupervisorCommand;
}

/** The unit gives out no tickets for a while; whoever is inside stays. Attendants: of their own units. */
export interface Suspend {
  readonly type: "suspend";
  readonly unit: string;
  /** What people read. */
  readonly message: string;
  /** Where to go instead. */
  readonly alternative: string | null;
  /** Ends by itself then; None: when somebody says `resume_unit`. */
  readonly until_ms: number | null;
}

/** No new tickets for a while; whoever is inside stays. */
export interface SuspensionView {
  readonly message: string;
  readonly alternative: string | null;
  /** When it ends by itself (ISO 8601 with the unit's offset); None: when somebody ends it. */
  readonly until: string | null;
}

/** Use the desk on this page; the page that had it is told. */
export interface TakeOver {
  readonly type: "take_over";
}

/** One's own place. */
export interface TicketBody {
  readonly id: string;
  readonly rev: number;
  readonly number: string;
  readonly unit: PublicUnit;
  readonly state: TicketState;
  readonly tier: Tier;
  readonly name: string;
  readonly joined_ms: number;
  readonly present: boolean;
  /** Present people ahead; None when not waiting. */
  readonly ahead: number | null;
  readonly original_ahead: number;
  /** The turn is near (two people ahead at most): stay on the page. */
  readonly near: boolean;
  /** It began as the first of its tier, because an earlier ticket was closed unserved. */
  readonly head_start: boolean;
  /** A page that loses the line keeps its place at least so long, whatever happens in front of it. */
  readonly kept_s: number;
  readonly estimate: Estimate | null;
  readonly worsening: Worsening | null;
  readonly tries: number;
  /** Why it waits again, where it had been called before; of a new number, where it came from. */
  readonly returned: Met | null;
  /** Sent back to fetch something: not called until `ready`, or until then. */
  readonly fetch_until_ms: number | null;
  /** Why staff have changed the tier, if they have. */
  readonly tier_corrected: TierReason | null;
  readonly ring: RingView | null;
  readonly call: CallView | null;
  readonly end: EndView | null;
}

/** Where a ticket is; everything after `ON_HOLD` is an end. */
export const EVERY_TICKET_STATE = ["waiting", "called", "in_call", "interrupted", "on_hold", "served", "left", "lost", "no_show", "closed", "removed", "transferred"] as const;
export type TicketState = (typeof EVERY_TICKET_STATE)[number];

/** The visitor's view. `ticket` None: this browser holds none. `mirror`: another page is the active one. */
export interface TicketView {
  readonly kind: "ticket";
  readonly as_of: AsOf;
  readonly mirror: boolean;
  readonly ticket: TicketBody | null;
}

/** The legal order (`FIELD.md` §2). Only the tier is kept, never its reason. */
export const EVERY_TIER = [0, 1, 2, 3] as const;
export type Tier = (typeof EVERY_TIER)[number];

/** Why staff correct a tier. */
export const EVERY_TIER_REASON = ["undeclared", "mistaken", "document"] as const;
export type TierReason = (typeof EVERY_TIER_REASON)[number];

/** To another unit's line, as they arrived at this one. Answer: `Forwarded`. */
export interface Transfer {
  readonly type: "transfer";
  readonly call: string;
  readonly unit: string;
}

/** Talk again. */
export interface Unhold {
  readonly type: "unhold";
  readonly call: string;
}

/** `GET /api/v1/units`, open ones first. */
export interface UnitList {
  readonly units: readonly PublicUnit[];
}

/** The payload of `command` on `/visitor`. */
export interface VisitorAsk {
  readonly id: string;
  readonly command: VisitorCommand;
}

/** Why a guest's seat is free again. */
export const EVERY_WHY_LEFT = ["left", "dismissed", "gone", "over"] as const;
export type WhyLeft = (typeof EVERY_WHY_LEFT)[number];

/** Refusals of the way in, beside the counter's own (`rooms.errors.Code`). */
export const EVERY_WIRE_CODE = ["bad_message", "too_large", "too_many_messages", "no_session", "foreign_origin", "other_role", "not_found", "foreign_service", "starting", "check_over"] as const;
export type WireCode = (typeof EVERY_WIRE_CODE)[number];

/** Why more people are ahead, or the estimate rose. */
export const EVERY_WORSENING = ["priority_entered", "returned", "attendant_left", "slower", "order"] as const;
export type Worsening = (typeof EVERY_WORSENING)[number];

export type VisitorCommand = Join | Leave | ComeBack | RingSeen | MoreTime | Enter | OtherAttendant | IsReady | ContinueHere | Checked | Signal | Leg | Measured | Replay | HangUp;

export type AttendantCommand = TakeOver | ChooseUnits | SetStatus | Suspend | ResumeUnit | CallNext | CallOutOfOrder | CancelCall | Note | Hold | Unhold | Release | SendBack | Transfer | Remove | SetTier | Invite | AskColleague | AskInterpreters | LetIn | RefuseOffer | StopAsking | Come | Decline | Dismiss | Finish | ExtendWrapUp | Signal | Leg | Measured | Replay | HangUp;

export type SupervisorCommand = SignOut | Suspend | ResumeUnit | ClearFlood | ShowLine | Remove | SetTier;

export type InterpreterCommand = TakeOver | SetStatus | Offer | StopOffering | Come | Decline | Signal | Replay | HangUp;

export type GuestCommand = Signal | Replay | HangUp;

export type Result = Joined | Ready | Ringing | Replayed | Invited | Forwarded | Line | Done;

export type Answer = Accepted | Refused;

export type Sent = Description | Candidate | Rejoin | MediaState | Chat;

export type Said = Ring | Seen | Extended | Go | Interrupted | Resumed | OnHold | OffHold | Came | Left | End | Description | Candidate | Rejoin | MediaState | Chat;

export type View = TicketView | DeskView | BoardView | InterpreterView | GuestView;

export type EchoTurn = EchoAnswer | EchoWait;

/** What each namespace asks and is shown. */
export interface Wire {
  readonly "/visitor": { readonly ask: VisitorAsk; readonly view: TicketView };
  readonly "/attendant": { readonly ask: AttendantAsk; readonly view: DeskView };
  readonly "/supervisor": { readonly ask: SupervisorAsk; readonly view: BoardView };
  readonly "/interpreter": { readonly ask: InterpreterAsk; readonly view: InterpreterView };
  readonly "/guest": { readonly ask: GuestAsk; readonly view: GuestView };
}

/** The longest text that the server takes, by message and field. */
export const LIMITS = {
  "Candidate": {
    "candidate": 1000,
    "mid": 32
  },
  "Chat": {
    "text": 2000
  },
  "Description": {
    "sdp": 48000
  },
  "EchoAsk": {
    "sdp": 15000
  },
  "GuestForm": {
    "name": 120
  },
  "Join": {
    "name": 120,
    "oab": 40,
    "case_number": 60,
    "head_start": 20
  },
  "Note": {
    "text": 500
  },
  "PushSubscription": {
    "endpoint": 1000
  },
  "SignIn": {
    "login": 64,
    "password": 256
  },
  "Suspend": {
    "message": 200,
    "alternative": 200
  }
} as const;
