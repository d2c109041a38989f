"""WhatsApp by Twilio: how it is set up, and what was refused."""

from leader24.i18n import _, n_
from leader24.pages import rows, times, words
from leader24.pages.forms import box, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.fields import Options
from leader24.pages.settings.sections import Section
from leader24.services import preferences, rejections
from leader24.services.members import Actor

WEBHOOK = "/webhooks/twilio/whatsapp"


def register(server: str) -> None:
    async def build(me: Actor) -> None:
        Connection(me).build()
        _at_twilio(server)
        _refused(me)

    sections.add(Section.WHATSAPP, build)


class Connection(Options):
    """To the account at Twilio."""

    def build(self) -> None:
        with box("l24-card"):
            tagged("h2", _("WhatsApp by Twilio"))
            self._state = tagged("p")
            self.text(
                "twilio_account_sid",
                _("Account SID"),
                hint=_("It begins with AC; the first page of Twilio's console shows it."),
            )
            self.text("twilio_auth_token", _("Auth token"), hint=_("Beside the Account SID, behind “Show”."))
            self.text(
                "twilio_whatsapp_from",
                _("Your WhatsApp number"),
                hint=_("With its country code, as it stands under Messaging › Senders › WhatsApp senders."),
            )
            self.buttons()
        self._show_state()

    def show(self) -> None:
        super().show()
        self._show_state()

    def _show_state(self) -> None:
        self._state.text = _state()


def _at_twilio(server: str) -> None:
    with box("l24-card"):
        tagged("h2", _("At Twilio"))
        with box("l24-how", "ol"):
            tagged("li", _("Open Messaging › Senders › WhatsApp senders, and there your number."))
            with box("", "li"):
                tagged("span", _("Under “Webhook URL for incoming messages” write this, method POST:"))
                tagged("code", server + WEBHOOK)
            tagged("li", _("Save, and write to the number from your own phone: the message is here within seconds."))
        if not server.startswith("https://"):
            tagged(
                "p",
                _("Twilio needs a public address with https. Whoever runs the server sets it, as LEADER24_PUBLIC_URL."),
                "l24-notice",
            )


def _refused(me: Actor) -> None:
    refused = rejections.last(me.id)
    if not refused:
        return
    with box("l24-card"):
        count = rejections.count()
        tagged("h2", n_("{count} request was refused lately", "{count} requests were refused lately", count))
        tagged("p", _("The newest are below. What they said was not kept."))
        with box("", "ul"):
            for each in refused:
                with box("", "li"):
                    tagged("b", times.full(each.at))
                    tagged("p", words.rejection(each.reason))
                    tagged("p", _("Expected address:"))
                    tagged("code", each.expected_url)
                    names = ", ".join(map(rows.isolated, each.parameters)) or "–"
                    tagged("p", _("Parameters: {names}").format(names=names))


def _state() -> str:
    chosen = preferences.current()
    if chosen.can_send_whatsapp:
        return _("Set up: messages arrive, and answers go out from {number}.").format(
            number=chosen.twilio_whatsapp_from.removeprefix("whatsapp:")
        )
    if chosen.twilio_auth_token:
        return _("Messages arrive, but answers cannot go out: the Account SID or the number is missing.")
    return _("Not set up: without these three nothing arrives. The chat widget works without them.")
