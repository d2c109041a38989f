"""Who changed what, in a sentence."""

from leader24.i18n import _
from leader24.pages import rows
from leader24.services.about import Change


def change_words(change: Change) -> str:
    details = {name: rows.isolated(str(value)) for name, value in change.details.items()}
    who, role = rows.isolated(change.who) or _("The system"), _role(details.get("role", ""))
    told = {
        "set_up": _("{who} set up Leader24."),
        "business_introduced": _("{who} answered the questions about the business."),
        "setting_changed": _("{who} changed a setting: {what}."),
        "setting_cleared": _("{who} took back a setting: {what}."),
        "knowledge_changed": _("{who} changed what the agent knows: {question}"),
        "knowledge_removed": _("{who} removed what the agent knew: {question}"),
        "ai_tested": _("{who} tested the AI."),
        "signed_in": _("{who} signed in."),
        "signed_out": _("{who} signed out."),
        "devices_ended": _("{who} signed out other browsers."),
        "password_changed": _("{who} changed the password."),
        "password_reset": _("{who} set a new password by a link or on the server."),
        "password_link_made": _("{who} made a link to a new password for {of}."),
        "renamed": _("{before} is called {to} now."),
        "invited": _("{who} made an invitation ({role})."),
        "invitation_withdrawn": _("{who} withdrew an invitation ({role})."),
        "joined": _("{who} joined the team ({role})."),
        "role_changed": _("{who} changed the role of {of} ({role})."),
        "disabled": _("{who} disabled {of}."),
        "enabled": _("{who} enabled {of} again."),
        "tag_renamed": _("{who} renamed the tag {tag}: {to}."),
        "tag_recoloured": _("{who} gave the tag {tag} another colour."),
        "tags_merged": _("{who} merged the tag {tag} into {to}."),
        "tag_deleted": _("{who} deleted the tag {tag}."),
        "example_loaded": _("{who} brought in the example inbox."),
        "example_unloaded": _("{who} removed the example inbox."),
        "exported": _("{who} exported conversations ({count})."),
        "erased": _("{who} deleted conversations for good ({count})."),
    }.get(change.kind, _("{who}: {kind}"))
    names = {"of": "", "tag": "", "to": "", "question": "", "count": ""} | details
    names |= {"before": details.get("from", ""), "what": _setting(details.get("name", "")), "role": role}
    return told.format(**names | {"who": who, "kind": change.kind})


def _role(role: str) -> str:
    return {"owner": _("Owner"), "member": _("Member")}.get(role, "")


def _setting(name: str) -> str:
    return {
        "business_name": _("Name of your business"),
        "description": _("What it does"),
        "language": _("Language of reviews"),
        "time_zone": _("Time zone"),
        "hours": _("Opening hours"),
        "review_after": _("Minutes until the review"),
        "new_conversation_after": _("Days until a new conversation"),
        "agent_name": _("Name of the agent"),
        "instructions": _("Instructions"),
        "openai_api_key": _("Key of the AI provider"),
        "openai_base_url": _("Address of the AI provider"),
        "model": _("Model"),
        "ai_calls_a_day": _("Most calls a day"),
        "twilio_account_sid": _("Account SID"),
        "twilio_auth_token": _("Auth token"),
        "twilio_whatsapp_from": _("Your WhatsApp number"),
        "widget_sites": _("Websites that may show it"),
        "are_first_steps_dismissed": _("First steps"),
    }.get(name, name)
