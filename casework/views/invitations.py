"""The link of an invitation, and the page on which it is accepted."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from casework.forms.invitations import ComeIn
from casework.invitations import accept, accept_as_new
from casework.models import Invitation
from casework.process import Refused

KEPT = "invitation"
PAGE = "accounts/invitation.html"


def link(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the letter: the session keeps which one, the address bar forgets it."""
    found = Invitation.objects.signed(token).first()
    if found is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    request.session[KEPT] = found.pk
    return redirect("invitation")


def invitation(request: HttpRequest) -> HttpResponse:
    """Who invites, into which role, until when; and what whoever opened it does next."""
    found = Invitation.objects.filter(pk=request.session.get(KEPT, 0)).first()
    if found is None or not found.person.is_active or not found.is_waiting(timezone.now()):
        context = {"invitation": found}
        return render(request, "accounts/invitation_closed.html", context, status=404)
    if isinstance(request.user, User):
        return _signed_in(request, request.user, found)
    if found.person.has_usable_password():
        return render(request, PAGE, {"invitation": found, "who": "known"})
    return _newcomer(request, found)


def _signed_in(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    who = "oneself" if user.pk == found.person_id else "other"
    if request.method == "POST" and who == "oneself":
        try:
            accept(found, person=user, at=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("invitation")
        del request.session[KEPT]
        messages.success(request, _welcome(found))
        return redirect("hats")
    return render(request, PAGE, {"invitation": found, "who": who})


def _newcomer(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = ComeIn(request.POST or None, invitation=found)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"invitation": found, "who": "new", "form": form})
    try:
        membership = accept_as_new(found, form.names(), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("invitation")
    del request.session[KEPT]
    messages.success(request, _welcome(found))
    person = membership.person
    login = Login(user=person, email=person.email, redirect_url="/")
    answer: HttpResponse = perform_password_login(request, {"email": person.email}, login)
    return answer


def _welcome(found: Invitation) -> str:
    return _("Welcome. You are now %(role)s, %(organisation)s.") % {
        "role": found.get_role_display(),
        "organisation": found.organisation.short_name,
    }
