"""Our messages on their way to WhatsApp: none twice, and nothing is guessed."""

import pytest
from sqlalchemy import select

from leader24 import db
from leader24.models import Conversation, Delivery, Member, Message, Source
from leader24.services import messages, outbox
from leader24.services.seams import NotSent, Unconfirmed
from tests import factories
from tests.threads import at_once

pytestmark = pytest.mark.usefixtures("database")


class FakeNetwork:
    """A Channel. Notes what it was given, and how far each message was by the database at that moment."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.sent: list[tuple[str, str]] = []
        self.seen: list[dict[str, Delivery | None]] = []

    def send(self, to: str, text: str, reference: str) -> str:
        self.sent.append((to, text))
        self.seen.append(deliveries())
        if self.problem:
            raise self.problem
        return f"SM{reference}"


def deliveries() -> dict[str, Delivery | None]:
    """How far our messages are, by their text."""
    with db.read() as session:
        query = select(Message.text, Message.delivery).where(Message.delivery.is_not(None)).order_by(Message.id)
        return dict(session.execute(query).all())


def message(message_id: int) -> Message:
    with db.read() as session:
        return session.get_one(Message, message_id)


@pytest.fixture
def to_send(ben: Member) -> int:
    """The id of a reply that is ready to go to WhatsApp."""
    stored = factories.received(sender="whatsapp:+393472201234", source=Source.WHATSAPP)
    return messages.reply(ben.id, stored.conversation_id, "Good morning!").id


def further(ben: Member, *texts: str) -> None:
    for text in texts:
        stored = factories.received(source=Source.WHATSAPP)
        messages.reply(ben.id, stored.conversation_id, text)


def test_a_message_is_sent_to_the_customers_address_and_its_name_there_is_kept(to_send: int) -> None:
    network = FakeNetwork()
    assert outbox.send_ready(network) == 1
    assert network.sent == [("whatsapp:+393472201234", "Good morning!")]
    assert (message(to_send).delivery, message(to_send).provider_id) == (Delivery.SENT, f"SM{to_send}")
    assert outbox.send_ready(network) == 0


def test_that_it_is_being_sent_is_on_disk_before_the_call(to_send: int) -> None:
    network = FakeNetwork()
    outbox.send_ready(network)
    assert network.seen == [{"Good morning!": Delivery.SENDING}]


def test_those_that_wait_behind_it_are_not_said_to_be_on_their_way(to_send: int, ben: Member) -> None:
    """A process that ends now has certainly not sent them, and the next one must."""
    further(ben, "second")
    network = FakeNetwork()
    outbox.send_ready(network)
    assert network.seen[0] == {"Good morning!": Delivery.SENDING, "second": Delivery.READY}
    assert network.seen[1] == {"Good morning!": Delivery.SENT, "second": Delivery.SENDING}


def test_what_was_certainly_not_sent_has_failed_with_the_reason(to_send: int) -> None:
    outbox.send_ready(FakeNetwork(NotSent("63016")))
    assert (message(to_send).delivery, message(to_send).delivery_problem) == (Delivery.FAILED, "63016")


def test_what_may_have_been_sent_is_never_sent_again(to_send: int) -> None:
    outbox.send_ready(FakeNetwork(Unconfirmed()))
    assert message(to_send).delivery is Delivery.UNCONFIRMED
    network = FakeNetwork()
    assert outbox.send_ready(network) == 0 and network.sent == []


def test_an_error_that_nobody_foresaw_leaves_the_message_unconfirmed(to_send: int) -> None:
    with pytest.raises(ZeroDivisionError):
        outbox.send_ready(FakeNetwork(ZeroDivisionError()))
    assert message(to_send).delivery is Delivery.UNCONFIRMED


def test_an_error_that_nobody_foresaw_does_not_hold_back_the_other_messages(to_send: int, ben: Member) -> None:
    further(ben, "second")
    with pytest.raises(ZeroDivisionError):
        outbox.send_ready(FakeNetwork(ZeroDivisionError()))
    outbox.send_ready(FakeNetwork())
    assert deliveries() == {"Good morning!": Delivery.UNCONFIRMED, "second": Delivery.SENT}


def test_what_was_being_sent_when_the_process_ended_is_unconfirmed(to_send: int, ben: Member) -> None:
    with db.write() as session:
        session.get_one(Message, to_send).delivery = Delivery.SENDING
    further(ben, "second")
    outbox.settle_interrupted()
    assert deliveries() == {"Good morning!": Delivery.UNCONFIRMED, "second": Delivery.READY}


def test_without_a_channel_a_message_fails_with_the_reason(to_send: int) -> None:
    outbox.send_ready(None)
    assert (message(to_send).delivery, message(to_send).delivery_problem) == (Delivery.FAILED, "not_set_up")


def test_two_senders_at_the_same_moment_send_once(to_send: int) -> None:
    network = FakeNetwork()
    at_once(4, lambda _: outbox.send_ready(network))
    assert len(network.sent) == 1


def test_messages_go_out_in_their_order(ben: Member, to_send: int) -> None:
    further(ben, *(f"number {number}" for number in range(30)))
    network = FakeNetwork()
    while outbox.send_ready(network):
        pass
    assert [text for _, text in network.sent] == ["Good morning!", *(f"number {number}" for number in range(30))]


def test_example_contacts_are_never_sent_anything(ben: Member) -> None:
    stored = factories.received(source=Source.WHATSAPP, is_example=True)
    messages.reply(ben.id, stored.conversation_id, "Hello!")
    factories.answered(stored.conversation_id)
    network = FakeNetwork()
    assert outbox.send_ready(network) == 0 and network.sent == []


def test_the_widget_fetches_its_messages_itself(ben: Member) -> None:
    messages.reply(ben.id, factories.received(source=Source.WIDGET).conversation_id, "Hello!")
    assert outbox.send_ready(FakeNetwork()) == 0


def test_reports_of_the_network_move_a_message_on_and_never_back(to_send: int) -> None:
    outbox.send_ready(FakeNetwork())
    sid = f"SM{to_send}"
    for reported, then in [
        (Delivery.DELIVERED, Delivery.DELIVERED),
        (Delivery.SENT, Delivery.DELIVERED),
        (Delivery.READ, Delivery.READ),
        (Delivery.DELIVERED, Delivery.READ),
        (Delivery.FAILED, Delivery.READ),
    ]:
        outbox.advance(to_send, reported, sid, None)
        assert message(to_send).delivery is then


def test_a_report_that_comes_before_our_own_call_has_returned_stands(to_send: int) -> None:
    class Quick(FakeNetwork):
        def send(self, to: str, text: str, reference: str) -> str:
            sid = super().send(to, text, reference)
            outbox.advance(int(reference), Delivery.DELIVERED, sid, None)
            return sid

    outbox.send_ready(Quick())
    assert message(to_send).delivery is Delivery.DELIVERED


def test_a_report_settles_what_was_unconfirmed(to_send: int) -> None:
    class Lost(FakeNetwork):
        def send(self, to: str, text: str, reference: str) -> str:
            outbox.advance(int(reference), Delivery.SENT, "SM1", None)
            raise Unconfirmed

    outbox.send_ready(Lost())
    assert (message(to_send).delivery, message(to_send).provider_id) == (Delivery.SENT, "SM1")


def test_a_late_report_settles_it_too(to_send: int) -> None:
    outbox.send_ready(FakeNetwork(Unconfirmed()))
    outbox.advance(to_send, Delivery.DELIVERED, "SM1", None)
    assert message(to_send).delivery is Delivery.DELIVERED


def test_the_reason_of_a_failure_is_kept(to_send: int) -> None:
    outbox.send_ready(FakeNetwork())
    outbox.advance(to_send, Delivery.FAILED, f"SM{to_send}", "63024")
    assert (message(to_send).delivery, message(to_send).delivery_problem) == (Delivery.FAILED, "63024")


def test_a_report_about_another_message_of_the_network_is_ignored(to_send: int) -> None:
    outbox.send_ready(FakeNetwork())
    outbox.advance(to_send, Delivery.READ, "SMforeign", None)
    assert (message(to_send).delivery, message(to_send).provider_id) == (Delivery.SENT, f"SM{to_send}")


def test_a_report_about_nothing_of_ours_is_ignored(to_send: int) -> None:
    customers = factories.received(source=Source.WHATSAPP)
    outbox.advance(customers.id, Delivery.READ, "SM1", None)
    outbox.advance(999, Delivery.READ, "SM1", None)
    assert (message(customers.id).delivery, message(customers.id).provider_id) == (None, None)


def test_a_conversation_that_was_deleted_meanwhile_disturbs_nobody(to_send: int) -> None:
    class Deleting(FakeNetwork):
        def send(self, to: str, text: str, reference: str) -> str:
            with db.write() as session:
                session.delete(session.get_one(Conversation, message(to_send).conversation_id))
            return super().send(to, text, reference)

    outbox.send_ready(Deleting())
    assert deliveries() == {}
