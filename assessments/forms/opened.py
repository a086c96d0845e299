"""What a page showed when it was opened, signed and sent along, so that two people's work can be merged."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder

from assessments.drafts import Value
from schools.merge import Merge

SALT = "assessments.opened"


class _Packing(signing.JSONSerializer):
    def dumps(self, obj: Any) -> bytes:
        return DjangoJSONEncoder(separators=(",", ":")).encode(obj).encode()


def seal(values: Mapping[str, Value]) -> str:
    return signing.dumps(dict(values), salt=SALT, serializer=_Packing, compress=True)


def seal_mine(merged: Merge[str, Value]) -> str:
    """What was typed where both changed a field, for the answer to say what was not chosen."""
    return seal({clash.name: cast(Value, clash.mine) for clash in merged.clashes})


def unseal(text: str, fields: Mapping[str, forms.Field]) -> dict[str, Value]:
    """The values as their fields would give them; of a torn seal none, so that every difference is asked about."""
    try:
        shown = signing.loads(text, salt=SALT, serializer=_Packing)
    except signing.BadSignature:
        return {}
    return {name: _as_typed(fields[name], value) for name, value in shown.items() if name in fields}


def _as_typed(field: forms.Field, value: Any) -> Value:
    """A value that went through JSON, as its field would give it."""
    return value if value is None or isinstance(value, int) else field.clean(value)
