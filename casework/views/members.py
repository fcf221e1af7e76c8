"""Who acts for an organisation: its members, the invitations under way, inviting and ending."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import Membership, Organisation, User
from accounts.unsent import unsent
from casework import absences, invitations
from casework.forms.invitations import Invite
from casework.models import Invitation
from casework.process import Refused

PAGE = 50


def members(request: HttpRequest) -> HttpResponse:
    """The list, and the form that invites one more."""
    here = _here(request)
    form = Invite(request.POST or None, organisation=here, initial=unsent(request))
    if request.method == "POST" and form.is_valid() and _invite(request, here, form):
        return redirect("members")
    people = Paginator(invitations.members_of(here, timezone.localdate()), PAGE)
    waiting = Invitation.objects.waiting(timezone.now()).filter(organisation=here)
    context = {
        "organisation": here,
        "page": people.get_page(request.GET.get("page")),
        "waiting": waiting.order_by("expires_at", "pk"),
        "away": absences.absences_of(here, timezone.localdate()),
        "today": timezone.localdate(),
        "form": form,
    }
    return render(request, "accounts/members.html", context)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say once more whose membership ends, then end it."""
    here, on = _here(request), timezone.localdate()
    membership = get_object_or_404(invitations.members_of(here, on), pk=pk)
    if request.method == "POST":
        _end(request, membership)
        return redirect("members")
    context = {"membership": membership, "own": membership.person_id == request.user.pk}
    return render(request, "accounts/member_end.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The link that was sent stops working."""
    sent = get_object_or_404(Invitation, pk=pk, organisation=_here(request))
    try:
        invitations.withdraw(sent, by=_person(request), at=timezone.now())
        messages.success(request, _("The invitation is withdrawn: its link no longer works."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("members")


def _invite(request: HttpRequest, here: Organisation, form: Invite) -> bool:
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    try:
        invitations.invite(email, role, here, _person(request), timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
    return True


def _end(request: HttpRequest, membership: Membership) -> None:
    try:
        invitations.end_membership(membership, by=_person(request), at=timezone.now())
        name = {"name": str(membership.person)}
        messages.success(request, _("The membership has ended: %(name)s.") % name)
    except Refused as refused:
        messages.error(request, str(refused))


def _here(request: HttpRequest) -> Organisation:
    organisation = acting(request).organisation
    assert organisation is not None  # noqa: S101  (the route asks for a role in one)
    return organisation


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  (the route asks for a role)
    return request.user
