"""Whom to remind."""

from collections.abc import Iterable

from django import forms

from assessments.services.reminding import Worker


class RemindForm(forms.Form):
    """Key workers with reviews left. Who was reminded within a day is not ticked: a tick asks for it again."""

    users = forms.TypedMultipleChoiceField(
        label="Whom?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one key worker."},
    )

    def __init__(self, data: object, *, workers: Iterable[Worker]) -> None:
        workers = list(workers)
        ticked = [worker.user.pk for worker in workers if not worker.was_reminded_lately]
        super().__init__(data, initial={"users": ticked})  # type: ignore[arg-type]
        self.fields["users"].choices = [(worker.user.pk, _words(worker)) for worker in workers]  # type: ignore[attr-defined]


def _words(worker: Worker) -> str:
    """Amira Khan: 3 reviews left. Reminded today at 09:14 by Helen Marsh."""
    left = f"{worker.user}: {worker.left} review{'' if worker.left == 1 else 's'} left."
    return f"{left} {worker.when}" if worker.last else left
