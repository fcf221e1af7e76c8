"""A coordinator gives somebody more time for the test, or takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import acting
from accounts.models import User
from volunteers.models import Volunteer
from volunteers.services import more_time as services


@require_POST
def more_time(request: HttpRequest, person: int) -> HttpResponse:
    """The answer is yes or no; nobody is asked why."""
    at, who = timezone.now(), acting(request)
    seen = Volunteer.objects.visible_to(who, timezone.localdate(at)).exclude(pk=request.user.pk)
    volunteer = get_object_or_404(seen.select_related("person"), pk=person)
    assert isinstance(who.user, User)  # noqa: S101  (behind the sign-in guard)
    if request.POST.get("more") == "yes":
        services.give(volunteer.person, by=who.user, at=at)
        messages.success(request, _("There is more time for the test now."))
    else:
        services.take_back(volunteer.person, by=who.user, at=at)
        messages.success(request, _("The next try has the usual time."))
    return redirect("person", person)
