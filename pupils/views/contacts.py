"""The adults around a pupil, and what is on record about the pupil. Confidential things are said plainly."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pupils.forms.contacts import ContactForm
from pupils.importing import codes, languages
from pupils.models import Contact
from pupils.services.contacts import ContactInUse, add_contact, change_contact, remove_contact
from pupils.services.merging import CannotMerge
from pupils.services.pupils import PupilHasLeft
from pupils.views.frame import LEFT_WORDS, may_save, open_pupil, pupil_frame, refuse_changes
from pupils.words import year_words
from schools.access import Permission, SchoolRequest, school_view


@school_view(Permission.PUPIL_CONTACTS)
def pupil_contacts(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Contacts; and for the people who keep the roll, the pupil's data. The UPN stands here and nowhere else."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_CONTACTS)
    words = {
        "year": year_words(pupil.nc_year),
        "first_language": languages.words(pupil.first_language),
        "enrolment": codes.ENROLMENT.words(pupil.enrolment),
    }
    return render(request, "pupils/contacts.html", pupil_frame(request, pupil, contacts=Contact.objects.filter(pupil=pupil), words=words))


@school_view(Permission.ROLL_IMPORT)
def contact_new(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    pupil = open_pupil(request, public_id, Permission.ROLL_IMPORT)
    if refusal := refuse_changes(request, pupil):
        return refusal
    blank = Contact(pupil=pupil, may_receive=Contact.MayReceive.NONE, priority=Contact.objects.filter(pupil=pupil).count() + 1)
    form = ContactForm(request.POST or None, instance=blank)
    if may_save(form, pupil):
        add_contact(pupil=pupil, values=form.values, by=request.user)
        messages.success(request, "Contact added.")
        return redirect("pupil-contacts", request.school.slug, pupil.public_id)
    return render(request, "pupils/contact_edit.html", pupil_frame(request, pupil, form=form, heading="Add a contact"))


@school_view(Permission.ROLL_IMPORT)
def contact_edit(request: SchoolRequest, public_id: UUID, contact_id: UUID) -> HttpResponse:
    """Change a contact; where two people changed one thing, the second is asked."""
    pupil = open_pupil(request, public_id, Permission.ROLL_IMPORT)
    if refusal := refuse_changes(request, pupil):
        return refusal
    contact = get_object_or_404(Contact, pupil=pupil, public_id=contact_id)
    form = ContactForm(request.POST or None, instance=contact)
    if may_save(form, pupil):
        try:
            merged = change_contact(contact=contact, base=form.base, values=form.values, by=request.user)
        except CannotMerge as cannot:
            form = ContactForm.reopened(cannot)
        else:
            messages.success(request, "Contact saved." + (" What somebody else changed meanwhile is kept too." if merged.kept else ""))
            return redirect("pupil-contacts", request.school.slug, pupil.public_id)
    frame = pupil_frame(request, pupil, form=form, heading="Change a contact")
    return render(request, "pupils/contact_edit.html", frame, status=409 if form.is_asking else 200)


@school_view(Permission.ROLL_IMPORT)
def contact_remove(request: SchoolRequest, public_id: UUID, contact_id: UUID) -> HttpResponse:
    """Ask, then remove. Somebody for whom a letter was made stays, and is told to receive none instead."""
    pupil = open_pupil(request, public_id, Permission.ROLL_IMPORT)
    if refusal := refuse_changes(request, pupil):
        return refusal
    contact = get_object_or_404(Contact, pupil=pupil, public_id=contact_id)
    if request.method == "POST":
        try:
            remove_contact(contact=contact, by=request.user)
            messages.success(request, "Contact removed.")
        except ContactInUse:
            messages.error(request, "A letter was made for this contact, so the contact stays. Choose “No letters” instead.")
        except PupilHasLeft:
            messages.warning(request, f"{LEFT_WORDS} Nothing was removed.")
        return redirect("pupil-contacts", request.school.slug, pupil.public_id)
    return render(request, "pupils/contact_remove.html", pupil_frame(request, pupil, contact=contact))
