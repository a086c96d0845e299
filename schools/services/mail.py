"""E-mails of this app: plain text, no pupil's data, one file each in templates/emails, its first line the subject."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def send_email(*, name: str, to: list[str], words: dict[str, object]) -> bool:
    """Send one e-mail; call it after the commit. Says whether the mail server took it, since the deed is done either way."""
    subject, _, body = render_to_string(f"emails/{name}.txt", words).strip().partition("\n")
    try:
        return bool(EmailMessage(subject.strip(), body.strip() + "\n", to=to).send())
    except (SMTPException, OSError):
        log.exception("the mail server did not take an e-mail: %s", name)
        return False
