"""The words for what the services name by codes, each with its icon and tone where it has them."""

import re
from math import ceil

from babel.numbers import format_decimal

from leader24 import i18n
from leader24.i18n import _
from leader24.models import Author, Delivery, Role, Source, Status
from leader24.services import file_types
from leader24.services.list_rows import Attention
from leader24.services.orders import Sort
from leader24.services.rubric import Band, Cap, Dimension, NotRated

STATUS_ICONS = {
    Status.IN_PROGRESS: "sync",
    Status.OPPORTUNITY: "star",
    Status.POTENTIAL_CUSTOMER: "person_add",
    Status.QUOTE_REQUEST: "request_quote",
    Status.FOLLOW_UP: "event_repeat",
    Status.CONTACTED: "check_circle",
    Status.WAITING_RESPONSE: "schedule",
    Status.INFO_ONLY: "info",
    Status.NOT_INTERESTED: "block",
    Status.SPAM: "report",
}
KILOBYTE = 10**3
UNITS = ((10**9, "GB"), (10**6, "MB"))
FILES = re.compile(r"📎 ((?:[\w.+-]+/[\w.+-]+|\?)(?:; ?[\w=-]+)?(?:, (?:[\w.+-]+/[\w.+-]+|\?)(?:; ?[\w=-]+)?)*)")
SOURCE_ICONS = {Source.WHATSAPP: "call", Source.WIDGET: "language"}


def sort(value: Sort) -> str:
    return {
        Sort.NEWEST: _("Newest first"),
        Sort.OLDEST: _("Oldest first"),
        Sort.WAITING: _("Waiting longest"),
        Sort.SCORE: _("Lowest score"),
    }[value]


def attention(value: Attention) -> str:
    """Why a conversation needs a member."""
    return {
        Attention.PERSON: _("Waits for a person"),
        Attention.UNANSWERED: _("Waits for an answer"),
        Attention.POOR: _("Answered poorly"),
        Attention.REVIEW: _("The review failed and is tried again"),
    }[value]


def status(value: Status) -> str:
    return {
        Status.IN_PROGRESS: _("In Progress"),
        Status.OPPORTUNITY: _("Opportunity"),
        Status.POTENTIAL_CUSTOMER: _("Potential Customer"),
        Status.QUOTE_REQUEST: _("Quote Request"),
        Status.FOLLOW_UP: _("Follow-up"),
        Status.CONTACTED: _("Contacted"),
        Status.WAITING_RESPONSE: _("Waiting Response"),
        Status.INFO_ONLY: _("Info Only"),
        Status.NOT_INTERESTED: _("Not Interested"),
        Status.SPAM: _("Spam"),
    }[value]


def status_meaning(value: Status) -> str:
    return {
        Status.IN_PROGRESS: _("Active conversation with recent exchange"),
        Status.OPPORTUNITY: _("Interested potential customer"),
        Status.POTENTIAL_CUSTOMER: _("Qualified lead to follow up"),
        Status.QUOTE_REQUEST: _("Customer who requested a quote"),
        Status.FOLLOW_UP: _("To be contacted again for updates"),
        Status.CONTACTED: _("Customer already contacted"),
        Status.WAITING_RESPONSE: _("Waiting for customer response"),
        Status.INFO_ONLY: _("Informational request only"),
        Status.NOT_INTERESTED: _("Customer not interested"),
        Status.SPAM: _("Spam or irrelevant message"),
    }[value]


def source(value: Source) -> str:
    return {Source.WHATSAPP: _("WhatsApp"), Source.WIDGET: _("Widget")}[value]


def role(value: Role) -> str:
    return {Role.OWNER: _("Owner"), Role.MEMBER: _("Member")}[value]


def role_meaning(value: Role) -> str:
    return {
        Role.OWNER: _("Works on conversations too, and decides on settings, keys, the AI agent and the team."),
        Role.MEMBER: _("Reads and answers all conversations, adds notes and tags, and changes their status."),
    }[value]


def author(value: Author) -> str:
    return {Author.CUSTOMER: _("Customer"), Author.AGENT: _("Agent"), Author.MEMBER: _("Team")}[value]


def summary(customer_wants: str, what_happened: str, to_do_next: str) -> dict[str, str]:
    """Of a review: what it says, by what it is about; what it says nothing of is left out."""
    parts = {
        _("Customer wants"): customer_wants,
        _("What happened"): what_happened,
        _("To do next"): to_do_next,
    }
    return {head: text for head, text in parts.items() if text}


def band(value: Band) -> str:
    return {
        Band.GOOD: _("good"),
        Band.FAIR: _("fair"),
        Band.WEAK: _("weak"),
        Band.POOR: _("poor"),
        Band.NOT_RATED: _("not rated"),
    }[value]


def not_rated(value: str) -> str:
    return {
        NotRated.NO_AGENT: _("The AI agent has not answered yet."),
        NotRated.UNSENT: _("No answer of the AI agent reached the customer."),
        NotRated.NO_CUSTOMER: _("The customer has not written."),
        NotRated.TOO_SHORT: _("There is too little text to judge."),
        NotRated.SPAM: _("Answers to spam are not judged."),
        NotRated.NO_EVIDENCE: _("The review gave no evidence that could be checked."),
    }.get(NotRated(value), value)


def dimension(value: Dimension) -> str:
    return {
        Dimension.UNDERSTOOD: _("Understood the request"),
        Dimension.RESOLVED: _("Resolved or moved forward"),
        Dimension.CORRECT: _("Correct and grounded"),
        Dimension.CLEAR: _("Clear, in their language"),
        Dimension.TONE: _("Tone"),
    }[value]


def cap(value: Cap) -> str:
    return {
        Cap.HARM: _("At most 20: an invented promise or something harmful."),
        Cap.IGNORED_PERSON: _("At most 40: the wish for a person was ignored."),
        Cap.WRONG_LANGUAGE: _("At most 50: answered in the wrong language."),
        Cap.UNANSWERED: _("At most 60: the last question was not answered."),
    }[value]


def colour(name: str) -> str:
    """Of a tag."""
    return {
        "green": _("Green"),
        "blue": _("Blue"),
        "orange": _("Orange"),
        "violet": _("Violet"),
        "rose": _("Rose"),
        "yellow": _("Yellow"),
        "slate": _("Slate"),
    }[name]


def contact_field(name: str) -> str:
    return {"name": _("Name"), "phone": _("Phone"), "email": _("Email"), "language": _("Language")}.get(name, name)


def media(content_type: str) -> tuple[str, str]:
    """What a file is called that came with a message, and its icon."""
    kinds = {
        "image": (_("Photo"), "image"),
        "audio/ogg": (_("Voice message"), "mic"),
        "audio": (_("Sound"), "graphic_eq"),
        "video": (_("Video"), "videocam"),
        "text/vcard": (_("Contact card"), "contact_page"),
        "text/x-vcard": (_("Contact card"), "contact_page"),
        "application/pdf": (_("PDF document"), "description"),
        "application": (_("Document"), "description"),
        "text": (_("Document"), "description"),
    }
    kind = file_types.plain(content_type)
    return kinds.get(kind) or kinds.get(kind.partition("/")[0]) or (_("File"), "attach_file")


def fetch_problem(code: str) -> str:
    return {
        "gone": _("Twilio does not have it any more."),
        "too_large": _("It is larger than 16 MB."),
        "refused": _("Twilio did not hand it over."),
        "unreachable": _("Twilio could not be reached for a day."),
    }[code]


def size(count: int) -> str:
    """Of so many bytes; of a few it is the next kilobyte."""
    unit, name = next((unit for unit in UNITS if count >= unit[0]), (KILOBYTE, "KB"))
    number = round(count / unit, 1) if unit > KILOBYTE else ceil(count / unit)
    return f"{format_decimal(number, locale=i18n.current())} {name}"


def preview(text: str) -> str:
    """Of the last message, with words for what came without any."""
    found = FILES.fullmatch(text)
    return f"📎 {', '.join(media(each)[0] for each in found[1].split(', '))}" if found else text


def delivery(value: Delivery) -> str:
    return {
        Delivery.READY: _("waiting to be sent"),
        Delivery.SENDING: _("sending"),
        Delivery.SENT: _("sent"),
        Delivery.DELIVERED: _("delivered"),
        Delivery.READ: _("read"),
        Delivery.FAILED: _("not sent"),
        Delivery.UNCONFIRMED: _("not confirmed"),
    }[value]


def delivery_problem(code: str) -> str:
    known = {
        "not_set_up": _("WhatsApp is not set up for sending."),
        "connection": _("Twilio could not be reached."),
        "63003": _("This number is not on WhatsApp."),
        "63007": _("Twilio does not know the number that sends."),
        "63013": _("WhatsApp refused it as against its rules."),
        "63016": _("More than 24 hours have passed since the customer's last message."),
        "63015": _("The customer has not joined the WhatsApp sandbox."),
        "63014": _("The customer has blocked this number."),
        "63018": _("WhatsApp's rate limit was reached."),
        "63024": _("This number cannot receive WhatsApp messages."),
        "21211": _("Twilio does not accept this number."),
        "21610": _("The customer has opted out."),
        "20003": _("Twilio refused the account's credentials."),
    }
    return known.get(code) or _("Twilio reported error {code}.").format(code=code)


def review_problem(code: str) -> str:
    known = {
        "key": _("The AI provider refused the key."),
        "quota": _("The AI provider's account has no credit left."),
        "model": _("The AI provider does not know the chosen model."),
        "request": _("The AI provider refused the request."),
        "timeout": _("The AI provider did not answer in time."),
        "connection": _("The AI provider could not be reached."),
        "server": _("The AI provider had an error of its own."),
        "rate": _("The AI provider asked to slow down."),
        "bad_answer": _("The AI provider's answer could not be understood."),
        "refused": _("The AI provider declined to answer."),
        "leak": _("The AI provider's answer was held back: it repeated internal instructions."),
        "length": _("The AI provider's answer was cut off."),
        "address": _("There is no AI provider at the address that is set."),
        "context": _("The conversation is too long for the chosen model."),
        "cap": _("Today's limit of AI calls is reached."),
    }
    return known.get(code) or _("The review failed unexpectedly.")


def refused(code: str) -> str:
    """What was wrong with what was typed; it is still there to be mended."""
    return {
        "note_empty": _("Write something first."),
        "note_long": _("A note can have up to 5,000 characters."),
        "reply_empty": _("Write something first."),
        "reply_long": _("A reply can have up to 4,000 characters."),
        "window_closed": _("WhatsApp lets you reply only within 24 hours of the customer's last message."),
        "review_again": _("A review was asked for a moment ago. Try again in some seconds."),
        "title_long": _("A title can have up to 120 characters."),
        "contact_name": _("A name can have up to 100 characters."),
        "contact_phone": _("Write a number with its country code, such as +39 347 220 9184."),
        "contact_email": _("Write an email address such as anna@example.com."),
        "contact_language": _("Choose a language from the list."),
        "tag_empty": _("Write a name for the tag."),
        "tag_long": _("A tag can have up to 40 characters."),
        "tag_taken": _("Another tag has this name."),
        "view_empty": _("Write a name for the view."),
        "view_long": _("A view's name can have up to 40 characters."),
        "view_taken": _("Another of your views has this name."),
        "views_many": _("You have 30 saved views, which is the most. Delete one first."),
        "search_long": _("A search can have up to 200 characters."),
        "search_nothing": _("Search for letters or digits."),
        "question_empty": _("Write the question."),
        "question_long": _("A question can have up to 300 characters."),
        "answer_empty": _("Write the answer."),
        "answer_long": _("An answer can have up to 2,000 characters."),
        "agent_name_empty": _("Give the agent a name."),
        "agent_name_long": _("The agent's name can have up to 60 characters."),
        "instructions_long": _("Instructions can have up to 8,000 characters."),
        "widget_sites": _("Write addresses such as https://www.example.com, one in each line."),
        "name": _("Write your name (up to 100 characters)."),
        "email": _("Write an email address such as anna@example.com."),
        "password_short": _("A password needs at least 12 characters."),
        "password_long": _("A password can have up to 200 characters."),
        "password_common": _("This password is easy to guess. A few words that do not belong together are better."),
        "password_personal": _("A password made of your name, email or business is easy to guess."),
        "current_password": _("The current password is not right."),
        "email_taken": _("Somebody here has this address already. If it is you, sign in."),
        "link_over": _("This link does not work. Ask an owner for a new one."),
        "last_owner": _("There must be an owner: make somebody else one first."),
        "oneself": _("You cannot disable yourself. Another owner can."),
        "disabled": _("Enable first, then make a link."),
        "choice": _("Choose a language and a time zone from the lists."),
        "link": _("This link is not valid. The newest one is in the server's log."),
        "credentials": _("Email or password are not right."),
        "too_many_attempts": _("Too many attempts. Try again in 15 minutes."),
        "business_name_long": _("The name can have up to 100 characters."),
        "description_long": _("The description can have up to 8,000 characters."),
        "language": _("Choose a language from the list."),
        "time_zone": _("Choose a time zone from the list."),
        "hours": _("Write times such as 9:00–13:00, 15:00–19:00, or nothing on a day off."),
        "review_after": _("Write minutes from 0.01 to 1440, such as 10."),
        "new_conversation_after": _("Write days from 1 to 3650, such as 30."),
        "ai_calls_a_day": _("Write a whole number up to 1,000,000."),
        "openai_api_key": _("A key has letters, digits and signs, and no spaces."),
        "openai_api_key_empty": _("Enter a key, or the address of a server of your own."),
        "openai_api_key_again": _("It is another address: enter its key too. A server of your own takes any."),
        "openai_base_url": _("Write an address that begins with http:// or https://, or leave it empty."),
        "model_empty": _("Write the model's name."),
        "model_long": _("The model's name can have up to 100 characters."),
        "twilio_account_sid": _("It begins with AC, followed by 32 letters and digits, as Twilio's console shows it."),
        "twilio_auth_token": _("A token has letters, digits and signs, and no spaces."),
        "twilio_whatsapp_from": _("Write a number with its country code, such as +14155238886."),
    }[code]


def rejection(code: str) -> str:
    """Why a webhook was refused, and what helps."""
    return {
        "not_set_up": _("No auth token is set, so no request can be trusted. Enter it above."),
        "unsigned": _("The request carried no signature of Twilio's. It did not come from Twilio."),
        "wrong_signature": _(
            "The signature does not fit. Compare the expected address with the one in Twilio's console, "
            "letter by letter, and check the auth token."
        ),
    }[code]
