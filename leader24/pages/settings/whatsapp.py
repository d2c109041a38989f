"""WhatsApp by Twilio: how it is set up, and what was refused."""

from leader24.i18n import _, n_
from leader24.pages import times, words
from leader24.pages.forms import box, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.sections import Section
from leader24.services import preferences, rejections
from leader24.services.members import Actor

WEBHOOK = "/webhooks/twilio/whatsapp"


def register(server: str) -> None:
    async def build(me: Actor) -> None:
        _whatsapp(server)
        _refused(me)

    sections.add(Section.WHATSAPP, build)


def _whatsapp(server: str) -> None:
    with box("l24-card"):
        tagged("h2", _("WhatsApp by Twilio"))
        tagged("p", _state())
        tagged("p", _("Give Twilio this address for incoming messages (method POST):"))
        tagged("code", server + WEBHOOK)


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
                    tagged("p", _("Parameters: {names}").format(names=", ".join(each.parameters) or "–"))


def _state() -> str:
    chosen = preferences.current()
    if chosen.can_send_whatsapp:
        return _("Set up: messages arrive, and answers go out from {number}.").format(
            number=chosen.twilio_whatsapp_from.removeprefix("whatsapp:")
        )
    if chosen.twilio_auth_token:
        return _("Messages arrive, but answers cannot go out: set TWILIO_ACCOUNT_SID and TWILIO_WHATSAPP_FROM.")
    return _("Not set up: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM, then start again.")
